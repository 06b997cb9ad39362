// One import for a service: the domain, scoring, CODEOWNERS, metrics of delivery, the seams, the in-memory defaults and the engine.
@_exported public import KoalrCodeOwnersParser
@_exported public import KoalrDeliveryMetrics
@_exported public import KoalrDomain
@_exported public import KoalrIntegrationProtocols
@_exported public import KoalrRiskModel
@_exported public import KoalrStorage
@_exported public import KoalrSyncEngine
