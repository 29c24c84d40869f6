
#include <algorithm>

#include "metrics/claim_labels.h"
#include "syntax/json.h"
#include "text/ascii.h"

namespace cascade::metrics {
namespace {

std::string_view take_line(std::string_view& text) {
  std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return letters::trim(line);
}

// Without the marks of a heading, a list or a quotation.
std::string_view without_marks(std::string_view line) {
  while (!line.empty() && std::string_view("#>").find(line.front()) != std::string_view::npos) line.remove_prefix(1);
  line = letters::trim_left(line);
  if (line.size() > 1 && std::string_view("-*+").find(line.front()) != std::string_view::npos && line[1] == ' ')
    line = letters::trim_left(line.substr(2));
  return line;
}

std::string shown(std::string_view line) {
  std::string out;
  for (const char c : line) {
    if (c == '*' || c == '`' || c == '|') continue;
    if (!letters::is_space(c))
      out.push_back(c);
    else if (!out.empty() && out.back() != ' ')
      out.push_back(' ');
  }
  return std::string(letters::trim(out));
}

// What stands in quotes is one cell: "1,679".
std::vector<std::string> cells_of(std::string_view line, char separator) {
  if (separator == '|' && line.starts_with('|')) line.remove_prefix(1);
  if (separator == '|' && line.ends_with('|')) line.remove_suffix(1);
  std::vector<std::string> cells(1);
  bool is_quoted = false;
  for (const char c : line) {
    if (c == '"' && separator != '|') is_quoted = !is_quoted;
    if (c == separator && !is_quoted)
      cells.emplace_back();
    else
      cells.back().push_back(c);
  }
  for (std::string& cell : cells) cell = letters::trim(cell);
  return cells;
}

bool is_rule(std::string_view line) {
  return line.find('-') != std::string_view::npos && line.find_first_not_of("|:- \t\r") == std::string_view::npos;
}

bool has_digit(std::string_view text) { return std::ranges::any_of(text, letters::is_digit); }

// What a column is, by its heading.
struct Column {
  enum class Role : std::uint8_t { subject, value, ignored, claims, unknown } role = Role::unknown;
  std::string heading;
  std::optional<Period> period;
};

Column column_of(const std::string& heading, bool is_first) {
  Column column;
  column.heading = heading;
  const std::vector<Token> tokens = tokens_of(heading);
  const Label label = read_label(tokens);
  if (label.is_period()) column.period = label.period;
  if (is_whole(tokens, Form::ignored))
    column.role = Column::Role::ignored;
  else if (label.is_figure())
    column.role = Column::Role::claims;
  else if (is_first || is_whole(tokens, Form::time) || is_whole(tokens, Form::subject))
    column.role = Column::Role::subject;
  else if (tokens.empty() || column.period || is_whole(tokens, Form::value))
    column.role = Column::Role::value;
  return column;
}

class Reader {
 public:
  std::vector<Claim> read(std::string_view text) {
    const std::string_view begin = letters::trim_left(text);
    if (begin.starts_with('{') || begin.starts_with('[')) {
      const syntax::Parsed json = syntax::parse_json(text);
      if (json.complete && json.faults.empty()) {
        read_json(json.root, {});
        return take();
      }
    }
    for (line_ = 1; !text.empty() && claims_.size() < most_claims; ++line_) {
      const std::string_view line = take_line(text);
      std::string_view rest = text;
      read_line(line, take_line(rest));
    }
    return take();
  }

 private:
  std::vector<Claim> take() {
    if (claims_.size() > most_claims) claims_.resize(most_claims);
    return std::move(claims_);
  }

  void read_line(std::string_view line, std::string_view next) {
    if (line.empty() || line.front() == '#' || line.starts_with("```")) separator_ = 0;
    if (separator_ == 0) separator_ = separator_of(line, next);
    if (separator_ != 0 && cells_of(line, separator_).size() == cells_) return read_row(cells_of(line, separator_));
    separator_ = 0;
    if (line.find('|') == std::string_view::npos) return read_other(line);
    if (is_rule(line)) return;
    if (is_rule(next)) columns_.clear();
    if (columns_.empty() && !is_rule(next)) read_row({"", ""});  // a table without a heading: what, and value
    read_row(cells_of(line, '|'));
  }

  // A line that names columns, one of them a figure, with as many cells in the line below: "year,commits". 0: it is
  // none.
  char separator_of(std::string_view line, std::string_view next) {
    for (const char separator : {',', ';', '\t'}) {
      const std::vector<std::string> cells = cells_of(line, separator);
      const bool has_figure = std::ranges::any_of(
          cells, [](const std::string& cell) { return read_label(tokens_of(cell)).is_figure() && !has_digit(cell); });
      if (cells.size() < 2 || !has_figure || line.find(", ") != std::string_view::npos ||
          cells_of(next, separator).size() != cells.size())
        continue;
      cells_ = cells.size();
      columns_.clear();
      return separator;
    }
    return 0;
  }

  // A title, "what: number", a time that is about what follows, or prose.
  void read_other(std::string_view line) {
    columns_.clear();
    window_ = std::nullopt;
    const std::string_view text = without_marks(line);
    const std::vector<Token> tokens = tokens_of(text);
    if (tokens.empty()) return;
    const bool is_title = line.front() == '#';
    const Label label = read_label(tokens);
    if (is_title) context_ = std::nullopt;
    if (is_title || text.ends_with(':')) context_fault_.clear();
    if (label.is_period()) {
      context_ = label.period;
      return;
    }
    if ((is_title || text.ends_with(':')) && has_digit(text))
      context_fault_ = "'" + shown(text) + "' is about it, and is not understood";
    if (is_title) return;
    if (const std::size_t colon = text.find(": "); colon != std::string_view::npos)
      if (add_pair(text.substr(0, colon), text.substr(colon + 1))) return;
    if (!has_digit(text) && !names_figure(tokens)) return;
    Claim claim;
    claim.is_prose = true;
    claim.fault = "a sentence; a table, JSON or a line \"what: number\" is judged";
    add(std::move(claim), std::string(text));
  }

  static bool names_figure(std::span<const Token> tokens) {
    for (std::size_t at = 0; at < tokens.size(); ++at)
      for (std::size_t length = 1; length <= std::min<std::size_t>(3, tokens.size() - at); ++length)
        if (is_whole(tokens.subspan(at, length), Form::figure)) return true;
    return false;
  }

  bool add_pair(std::string_view what, std::string_view value) {
    const std::size_t before = claims_.size();
    const Claim claim = claim_of(std::string(what), std::string(value), context_);
    // "tests: 400": a line of the right form about a figure that is not known is no sentence.
    const std::vector<Token> words = tokens_of(value);
    const bool is_number = !words.empty() && read_number(words).length == words.size();
    constexpr std::size_t longest = 3;  // words of a figure's name
    const bool is_named = is_number && !has_digit(what) && tokens_of(what).size() <= longest;
    if ((claim.fault.empty() || is_named) && !claim.number.written.empty())
      add(claim, shown(what) + ": " + shown(value));
    return claims_.size() > before;
  }

  void read_row(const std::vector<std::string>& cells) {
    if (columns_.empty()) {
      window_ = std::nullopt;
      for (std::size_t i = 0; i < cells.size(); ++i) columns_.push_back(column_of(cells[i], i == 0));
      window_ = columns_.front().period;
      return;
    }
    std::string subject;
    // "What | Figure": a number behind the first column is no subject, unless its heading is a time.
    for (std::size_t i = 1; i < cells.size() && i < columns_.size(); ++i)
      if (columns_[i].role == Column::Role::subject && !is_whole(tokens_of(columns_[i].heading), Form::time) &&
          read_number(tokens_of(cells[i])).length > 0)
        columns_[i].role = Column::Role::value;
    for (std::size_t i = 0; i < cells.size() && i < columns_.size(); ++i)
      if ((columns_[i].role == Column::Role::subject || names_one(cells[i], columns_[i])) && !cells[i].empty())
        subject += (subject.empty() ? "" : ", ") + about(cells[i], columns_[i]);
    for (std::size_t i = 0; i < cells.size() && i < columns_.size(); ++i) read_cell(subject, cells[i], columns_[i]);
  }

  // Below "Author" stands who made it; somebody below "Reviewer" is not understood.
  static std::string about(const std::string& name, const Column& column) {
    if (column.role == Column::Role::claims) return "by " + name;
    const std::vector<Token> heading = tokens_of(column.heading);
    const bool is_read = heading.empty() || is_whole(heading, Form::subject) || is_whole(heading, Form::time);
    return is_read || read_label(tokens_of(name)).person.empty() ? name : column.heading + " " + name;
  }

  // In a column of a figure a name instead of a number, as of an author, is what the row's numbers are about.
  static bool names_one(const std::string& cell, const Column& column) {
    return column.role == Column::Role::claims && std::any_of(cell.begin(), cell.end(), letters::is_letter) &&
           read_number(tokens_of(cell)).length == 0;
  }

  void read_cell(const std::string& subject, const std::string& cell, const Column& column) {
    if (cell.empty() || column.role == Column::Role::ignored || column.role == Column::Role::subject) return;
    const bool is_figure = column.role == Column::Role::claims;
    std::string what = is_figure ? column.heading + (subject.empty() ? "" : " (" + subject + ")") : subject;
    Claim claim = claim_of(what, cell, column.period ? column.period : window_ ? window_ : context_);
    if (claim.number.written.empty() && claim.fault.empty()) return;
    if (column.role == Column::Role::unknown) claim.fault = "the column '" + column.heading + "' is not understood";
    // A span without days is what the whole table was counted in: a row without a time of its own is about it, too.
    if (claim.period.kind == Period::Kind::window && !claim.period.is_peak && !window_) window_ = claim.period;
    add(std::move(claim), what + ": " + cell);
  }

  // Without number and fault: the cell says nothing that could be judged.
  Claim claim_of(const std::string& what, const std::string& cell, const std::optional<Period>& context) const {
    Claim claim;
    std::vector<Token> tokens = tokens_of(what);
    const std::vector<Token> value = tokens_of(cell);
    const FoundNumber found = read_number(value);
    if (found.length == 0) {
      if (has_digit(cell)) claim.fault = "'" + shown(cell) + "' is not read as a number";
      return claim;
    }
    claim.number = found.number;
    tokens.insert(tokens.end(), value.begin() + static_cast<std::ptrdiff_t>(found.length), value.end());
    Label label = read_label(tokens);
    claim.figure = label.figure;
    claim.part = label.part;
    claim.person = label.person;
    claim.per = label.per;
    claim.period = label.period.value_or(context.value_or(Period()));
    claim.fault = !label.fault.empty() ? label.fault : context_fault_;
    finish(claim, label.is_share);
    return claim;
  }

  static void finish(Claim& claim, bool is_share) {
    const auto fault = [&](const char* why) {
      if (claim.fault.empty()) claim.fault = why;
    };
    const bool is_rate = claim.figure == "rework" || claim.figure == "reviewed" || claim.figure == "explained";
    // Lines that a history added are not those that stand: "the code base has 38,336 lines".
    if (claim.figure == "lines" && claim.period.kind == Period::Kind::whole && claim.per.empty())
      fault("lines that stand are no figure of a history; say whether they were added");
    if (claim.figure == "lines") claim.figure = "lines_added";
    if (claim.number.is_too_large) fault("the number is too large");
    if (claim.figure.empty()) fault("it does not say what is counted, or nothing that git shows");
    if ((is_share || is_rate) && !claim.number.is_share && claim.number.value != 0) fault("a share is in per cent");
    if (claim.number.is_share && !claim.per.empty()) fault("a share has no rate");
    // "Merges: 20 %" is the share of them in all commits.
    if (claim.number.is_share && !is_rate && claim.part.empty() && claim.person.empty()) {
      if (claim.figure != "merges" && claim.figure != "reverts") fault("it does not say what it is a share of");
      claim.part = claim.figure;
      claim.figure = "commits";
    }
    if (!claim.number.is_share && claim.per.empty() && claim.number.step < one) fault("a count is a whole number");
    if (!claim.person.empty() && claim.figure == "pull_requests") fault("who asked for a merge is not in a history");
    for (const Per& per : claim.per)
      if (per.figure == claim.figure) fault("a rate of something to itself");
  }

  // "year": "2025", "author": "Marta Ruiz": what an object's numbers are about.
  static bool is_subject(const syntax::Node& value, const Column& column) {
    return value.items.empty() && (column.role == Column::Role::subject || names_one(value.text, column));
  }

  // "team": "backend" is about the numbers beside it, and its key is not understood; "repository": "shop" is no
  // subject.
  static bool is_unread(const syntax::Node& value, const Column& column) {
    return column.role == Column::Role::unknown && value.kind == syntax::NodeKind::string &&
           !is_whole(tokens_of(column.heading), Form::filler) && std::ranges::any_of(value.text, letters::is_letter) &&
           read_number(tokens_of(value.text)).length == 0;
  }

  // Each number of a document; the keys above it and the texts of its object are its label.
  void read_json(const syntax::Node& node, const std::string& path) {
    using syntax::NodeKind;
    if (claims_.size() >= most_claims) return;
    if (node.kind == NodeKind::list)
      for (const syntax::Node& item : node.items) read_json(item, path);
    if (node.kind == NodeKind::list || node.kind == NodeKind::null || node.kind == NodeKind::boolean) return;
    if (node.kind != NodeKind::map) {
      line_ = node.at.line;
      columns_ = {{Column::Role::value, path, {}}};
      return read_cell(path, node.text, columns_.front());
    }
    std::string label = path, unread;
    for (std::size_t i = 0; i < node.size(); ++i) {
      const Column column = column_of(node.key(i).text, false);
      if (is_subject(node.value(i), column))
        label += (label.empty() ? "" : ", ") + about(node.value(i).text, column);
      else if (is_unread(node.value(i), column))
        unread += ", " + column.heading + " " + node.value(i).text;
    }
    for (std::size_t i = 0; i < node.size(); ++i) {
      const std::string& key = node.key(i).text;
      const Column column = column_of(key, false);
      if (column.role == Column::Role::ignored || is_subject(node.value(i), column)) continue;
      const std::string joined = label.substr(label.rfind(", ") == label.npos ? 0 : label.rfind(", ") + 2) + " " + key;
      const char* const between = is_whole(tokens_of(joined), Form::figure) ? " " : ", ";  // "lines", "added"
      const bool is_named = is_whole(tokens_of(key), Form::value);
      const std::string own = is_named ? label : label.empty() ? key : label + between + key;
      read_json(node.value(i), node.value(i).items.empty() ? own + unread : own);
    }
    window_ = std::nullopt;
  }

  void add(Claim claim, const std::string& text) {
    claim.line = line_;
    claim.text = shown(text);
    claims_.push_back(std::move(claim));
  }

  std::vector<Claim> claims_;
  std::vector<Column> columns_;
  std::optional<Period> context_;  // of the heading or the line above
  std::string context_fault_;      // why it cannot be known
  std::optional<Period> window_;   // that the table was counted in
  std::uint32_t line_ = 1;
  char separator_ = 0;     // of a table whose cells are parted by it; 0: there is none
  std::size_t cells_ = 0;  // in each of its lines
};

}  // namespace

std::vector<Claim> read_claims(std::string_view text) { return Reader().read(text); }

}  // namespace cascade::metrics
