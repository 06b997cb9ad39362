/// Rows of cells as aligned text.
struct TextTable {
  var rows: [[String]]
  var indent = ""

  /// The lines, without spaces at their ends.
  var lines: [String] {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = indent
      for (cell, width) in zip(row, widths) { line += cell + String(repeating: " ", count: width - cell.count + 2) }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
