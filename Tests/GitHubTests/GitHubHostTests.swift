import Foundation
import KoalrGitHub
import Testing

struct GitHubHostTests {
  @Test(arguments: [
    ("https://github.com", "https://api.github.com", "https://api.github.com/graphql"),
    ("https://github.com/acme/", "https://api.github.com", "https://api.github.com/graphql"),
    ("https://octo.ghe.com", "https://api.octo.ghe.com", "https://api.octo.ghe.com/graphql"),
    ("https://api.octo.ghe.com/", "https://api.octo.ghe.com", "https://api.octo.ghe.com/graphql"),
    ("https://git.acme.example", "https://git.acme.example/api/v3", "https://git.acme.example/api/graphql"),
    ("http://127.0.0.1:4100/", "http://127.0.0.1:4100/api/v3", "http://127.0.0.1:4100/api/graphql"),
    ("https://me:pw@git.acme.example/?a=b#c", "https://git.acme.example/api/v3", "https://git.acme.example/api/graphql"),
    ("HTTPS://GitHub.COM/acme/api/pulls?q=1", "https://api.github.com", "https://api.github.com/graphql"),
    ("http://www.github.com/", "https://api.github.com", "https://api.github.com/graphql"),
    ("https://OCTO.ghe.com/orgs/acme/", "https://api.octo.ghe.com", "https://api.octo.ghe.com/graphql"),
    ("https://GIT.acme.example/orgs/acme", "https://git.acme.example/api/v3", "https://git.acme.example/api/graphql"),
    ("https://git.acme.example/api/v3/", "https://git.acme.example/api/v3", "https://git.acme.example/api/graphql"),
    ("https://git.acme.example:8443", "https://git.acme.example:8443/api/v3", "https://git.acme.example:8443/api/graphql"),
    ("https://git.acme.example:443/", "https://git.acme.example/api/v3", "https://git.acme.example/api/graphql"),
    ("https://github.com:443", "https://api.github.com", "https://api.github.com/graphql"),
    ("https://notgithub.com", "https://notgithub.com/api/v3", "https://notgithub.com/api/graphql"),
  ])
  func `the web address gives the others`(web: String, api: String, graphQL: String) throws {
    let host = GitHubHost(webURL: try #require(URL(string: web)))
    #expect(host.api.absoluteString == api)
    #expect(host.graphQL.absoluteString == graphQL)
  }

  @Test func `a clone address holds no credential`() throws {
    let host = GitHubHost(webURL: try #require(URL(string: "https://me:pw@git.acme.example/")))
    #expect(host.cloneURL("acme/api") == "https://git.acme.example/acme/api.git")
    #expect(GitHubHost.dotCom.cloneURL("acme/api") == "https://github.com/acme/api.git")
  }
}
