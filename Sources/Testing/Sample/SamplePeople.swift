import KoalrCore

/// The people of the sample organisation. All names are invented.
struct SamplePeople {
  /// Updates dependencies.
  static let bot = Login(unchecked: "bump-bot[bot]")

  let teams: [Team]
  let contributors: [Contributor]
  private let members: [String: [Login]]

  init() {
    members = Self.table.mapValues { people in people.map { Login(unchecked: $0.login) } }
    let members = members
    teams = Self.teamNames.map { slug, name in
      Team(
        id: SourceID(unchecked: "T_\(slug)"), organization: "acme", slug: slug, name: name,
        parent: slug == "security" ? "platform" : nil, members: members[slug] ?? [])
    }
    contributors = Self.teamNames.flatMap { slug, _ in
      (Self.table[slug] ?? []).map { login, name in
        Contributor(
          id: SourceID(unchecked: "U_\(login)"), login: Login(unchecked: login), name: name, email: "\(login)@acme.example",
          teams: [slug])
      }
    }
  }

  func members(of team: String) -> [Login] { members[team] ?? [] }

  var everybody: [Login] { contributors.map(\.login) }

  /// The name and address that git has.
  func signature(of login: Login) -> (name: String, email: String) {
    let name = contributors.first { $0.login == login }?.name ?? login.rawValue
    return (name, "\(login)@acme.example")
  }

  private static let teamNames = [
    ("platform", "Platform"), ("payments", "Payments"), ("web", "Web"), ("mobile", "Mobile"), ("data", "Data and Search"),
    ("security", "Security"),
  ]

  private static let table: [String: [(login: String, name: String)]] = [
    "platform": [
      ("ilvar-strand", "Ilvar Strand"), ("mokena", "Okena Miri"), ("tdaskell", "Teo Daskell"), ("yuna-brisk", "Yuna Brisk"),
    ],
    "payments": [
      ("pell-arden", "Pell Arden"), ("sorrelq", "Sorrel Quay"), ("banjee", "Ajeet Banwick"), ("lumi-haar", "Lumi Haar"),
      ("orfeo-tamm", "Orfeo Tamm"),
    ],
    "web": [
      ("wrenfold", "Wren Foldane"), ("kasimir-ode", "Kasimir Ode"), ("nimali", "Nima Lisoun"), ("dovey", "Dove Yarrowin"),
      ("hestia-k", "Hestia Koru"),
    ],
    "mobile": [("jopali", "Jo Palisier"), ("runa-veld", "Runa Veld"), ("ezrin", "Ezrin Okafell")],
    "data": [("mirt-solane", "Mirt Solane"), ("cato-wyn", "Cato Wynder"), ("ashby-r", "Ashby Rell"), ("tindra", "Tindra Moss")],
    "security": [("vex-harrow", "Vex Harrow"), ("brio-lund", "Brio Lund"), ("saffi", "Saffi Denholt")],
  ]
}
