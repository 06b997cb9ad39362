import KoalrCore
import Testing
