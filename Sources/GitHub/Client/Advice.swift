/// What is in the way and the one thing to do about it, in words for people.
enum Advice {
  static let deadToken = "the token is wrong, expired or revoked; make a new one"
  static let notFound = "it does not exist or the token may not see it; check the name and the token's access"
  static let forbidden = "the token may not do this; check its scopes or permissions"
  static let singleSignOn =
    "the organisation requires single sign-on; authorise the token for SSO in GitHub's settings (Configure SSO beside the token)"
  static let restrictedApp =
    "the organisation restricts OAuth apps; an owner must approve this app in the organisation's third-party access settings"
  static let tooMuchAtOnce = "GitHub could not answer within its limits, even for this alone"
  static let leftOut = "GitHub left it out of its answer"
  static let unreadable = "the answer could not be read"
  static let repeatedCursor = "GitHub's next page is the same page again, so the list was ended"
  static let tooManyPages = "the list has more pages than are read"
}
