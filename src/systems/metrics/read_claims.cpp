#include "metrics/claims.h"

#include "text/ascii.h"

#include <algorithm>

namespace cascade::metrics {
namespace {

std::string_view take_line(std::string_view& text) {
  std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

// Without the marks of a heading, a list or a quotation.
std::string_view without_marks(std::string_view line) {
  line = letters::trim(line);
  for (bool again = true; again;) {
    again = false;
    while (!line.empty() && std::string_view("#>").find(line.front()) != std::string_view::npos) line.remove_prefix(1);
    line = letters::trim_left(line);
    if (line.size() > 1 && std::string_view("-*+").find(line.front()) != std::string_view::npos && line[1] == ' ') {
      line = letters::trim_left(line.substr(1));
      again = true;
    }
    std::size_t digits = 0;
    while (digits < line.size() && letters::is_digit(line[digits])) ++digits;
    if (digits > 0 && digits < 3 && line.size() > digits + 1 && (line[digits] == '.' || line[digits] == ')') &&
        line[digits + 1] == ' ')
      line = letters::trim_left(line.substr(digits + 1));
  }
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

bool ends_sentence(std::span<const Token> tokens, std::size_t at) {
  const std::string_view text = tokens[at].text;
  if (text == "!" || text == "?" || text == ";") return true;
  if (text != ".") return false;
  if (at > 0 && (tokens[at - 1].text == "approx" || tokens[at - 1].text == "ca")) return false;
  return at + 1 == tokens.size() || tokens[at + 1].follows_blank;
}

std::vector<std::vector<Token>> sentences_of(std::string_view text) {
  std::vector<std::vector<Token>> sentences(1);
  const std::vector<Token> tokens = tokens_of(text);
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (!ends_sentence(tokens, at))
      sentences.back().push_back(tokens[at]);
    else if (!sentences.back().empty())
      sentences.emplace_back();
  }
  return sentences;
}

// What stands in quotes is one cell: "1,679".
std::vector<std::string> cells_of(std::string_view line, char separator) {
  line = letters::trim(line);
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

// What a column is, by its heading.
struct Column {
  enum class Role : std::uint8_t { subject, value, ignored, claims, unknown } role = Role::unknown;
  std::string heading;
  std::optional<Period> period;
};

bool is_whole(std::span<const Token> tokens, Form form) {
  const FoundWord found = find_word(tokens, 0, form);
  return found.row != nullptr && found.length == tokens.size();
}

Column column_of(const std::string& heading, bool is_first) {
  Column column;
  column.heading = heading;
  const std::vector<Token> tokens = tokens_of(heading);
  if (is_whole(tokens, Form::ignored))
    column.role = Column::Role::ignored;
  else if (is_whole(tokens, Form::value))
    column.role = Column::Role::value;
  else if (tokens.empty() || is_whole(tokens, Form::subject))
    column.role = is_first ? Column::Role::subject : Column::Role::value;
  const Sentence sentence = read_sentence(tokens, std::nullopt);
  if (sentence.period && sentence.claims.empty()) column.period = sentence.period;
  if (column.role != Column::Role::unknown) return column;
  if (find_word(tokens, 0, Form::figure).row != nullptr)
    column.role = Column::Role::claims;
  else if (is_first)
    column.role = Column::Role::subject;
  else if (column.period)
    column.role = Column::Role::value;
  return column;
}

class Reader {
 public:
  std::vector<Claim> read(std::string_view text) {
    for (line_ = 1; !text.empty() && claims_.size() < most_claims; ++line_) {
      const std::string_view line = take_line(text);
      const std::string_view trimmed = letters::trim(line);
      if (trimmed.starts_with("```")) continue;
      const std::string_view next = text.substr(0, text.find('\n'));
      if (trimmed.empty() || trimmed.front() == '#') separator_ = 0;
      if (separator_ == 0) separator_ = separator_of(trimmed, next);
      if (separator_ != 0 && cells_of(trimmed, separator_).size() == cells_) {
        read_row(cells_of(trimmed, separator_), columns_.empty());
      } else if (trimmed.find('|') != std::string_view::npos) {
        if (!is_rule(trimmed)) read_row(cells_of(trimmed, '|'), is_rule(next));
      } else {
        separator_ = 0;
        read_line(trimmed);
      }
    }
    if (claims_.size() > most_claims) claims_.resize(most_claims);
    return std::move(claims_);
  }

 private:
  void add(Claim claim, std::string_view text) {
    claim.line = line_;
    claim.text = shown(text);
    claims_.push_back(std::move(claim));
  }

  void add_comparison(std::string_view text) {
    Claim claim;
    claim.fault = "a comparison without a number is not judged";
    add(std::move(claim), text);
  }

  void read_line(std::string_view line) {
    columns_.clear();
    window_ = std::nullopt;
    if (line.empty()) return;
    const bool is_title = line.front() == '#';
    if (is_title) context_ = std::nullopt;
    const std::string_view text = without_marks(line);
    const bool is_item = text.size() != line.size();
    const bool is_label = text.find(": ") != std::string_view::npos;
    for (const std::vector<Token>& tokens : sentences_of(text)) {
      const Sentence sentence = read_sentence(tokens, is_item || is_label ? context_ : std::nullopt);
      for (const Claim& claim : sentence.claims)
        if (!is_title || claim.fault.empty()) add(claim, text);
      if (sentence.claims.empty() && sentence.compares && !is_title && !text.ends_with(':')) add_comparison(text);
      if (!sentence.period || (!sentence.claims.empty() && !is_title)) continue;
      context_ = sentence.period;
      if (context_->fault.empty()) context_->fault = sentence.unread;
    }
  }

  // A line that names columns, one of them a figure, with as many cells in the line below: "year,commits". 0: it is
  // none.
  char separator_of(std::string_view line, std::string_view next) {
    for (const char separator : {',', ';', '\t'}) {
      const std::vector<std::string> cells = cells_of(line, separator);
      if (cells.size() < 2 || line.find(", ") != std::string_view::npos ||
          cells_of(letters::trim(next), separator).size() != cells.size())
        continue;
      bool has_figure = false, are_names = true;
      for (const std::string& cell : cells) {
        const std::vector<Token> tokens = tokens_of(cell);
        has_figure = has_figure || is_whole(tokens, Form::figure);
        are_names = are_names && !tokens.empty() && tokens.size() < 4 && !tokens.front().is_number;
      }
      if (!has_figure || !are_names) continue;
      cells_ = cells.size();
      columns_.clear();
      return separator;
    }
    return 0;
  }

  void read_row(const std::vector<std::string>& cells, bool is_heading) {
    if (is_heading) {
      columns_.clear();
      window_ = std::nullopt;
      for (std::size_t i = 0; i < cells.size(); ++i) columns_.push_back(column_of(cells[i], i == 0));
      if (!columns_.empty() && columns_.front().period) window_ = columns_.front().period;
      return;
    }
    if (columns_.empty()) {  // a table without a heading: what, value, and nothing else
      columns_.push_back({Column::Role::subject, {}, {}});
      columns_.push_back({Column::Role::value, {}, {}});
    }
    const std::string& subject = cells.front();
    for (std::size_t i = 1; i < cells.size() && i < columns_.size(); ++i) read_cell(subject, cells[i], columns_[i]);
  }

  // A cell is read as a sentence: "Commits (7 days): 962".
  void read_cell(const std::string& subject, const std::string& cell, const Column& column) {
    if (cell.empty() || column.role == Column::Role::ignored || column.role == Column::Role::subject) return;
    const std::string what = column.role == Column::Role::claims ? column.heading + " " + subject : subject;
    const std::optional<Period> context = column.period ? column.period : window_ ? window_ : context_;
    const Period* own = nullptr;
    std::vector<Token> tokens = tokens_of(column.role == Column::Role::claims ? column.heading : subject);
    Sentence label = read_sentence(tokens_of(subject), std::nullopt);
    if (label.period) own = &*label.period;
    if (column.role == Column::Role::claims && own == nullptr) own = date_of_label(subject, label);
    for (const Token& token : tokens_of(": " + cell)) tokens.push_back(token);
    Sentence sentence = read_sentence(tokens, own != nullptr && column.role == Column::Role::claims ? *own : context);
    for (Claim& claim : sentence.claims) {
      if (is_of_label(claim, label)) continue;
      if (column.role == Column::Role::unknown && claim.fault.empty())
        claim.fault = "the column '" + column.heading + "' is not understood";
      if (column.role == Column::Role::claims && own == nullptr && claim.fault.empty())
        claim.fault = "the row '" + subject + "' is not understood";
      if (claim.figure == "captured") claim.period = prior_of(claim.period);
      add(std::move(claim), what + ": " + cell);
    }
    // A span without days is what the whole table was counted in: a row without a time of its own is about it, too.
    if (own != nullptr && own->kind == Period::Kind::window && !own->has_days() && !own->is_peak && !window_)
      window_ = *own;
  }

  static const Period* date_of_label(const std::string& subject, Sentence& label) {
    const std::vector<Token> tokens = tokens_of(subject);
    const FoundPeriod found = period_at(tokens, 0);
    if (found.length == 0 || found.length != tokens.size()) return nullptr;
    label.period = found.period;
    return &*label.period;
  }

  // Numbers of the label ("developers at 80 lines a day") claim nothing.
  static bool is_of_label(const Claim& claim, const Sentence& label) {
    return std::any_of(label.claims.begin(), label.claims.end(), [&](const Claim& one) {
      return one.number.written == claim.number.written && one.number.value == claim.number.value;
    });
  }

  // "prior 90-day output captured": the window is the table's.
  Period prior_of(const Period& prior) const {
    if (!window_ || window_->kind != Period::Kind::window) return prior;
    Period period = *window_;
    period.prior = prior.prior;
    return period;
  }

  std::vector<Claim> claims_;
  std::vector<Column> columns_;
  std::optional<Period> context_;  // of the heading or the line above
  std::optional<Period> window_;   // that the table was counted in
  std::uint32_t line_ = 1;
  char separator_ = 0;     // of a table whose cells are parted by it; 0: there is none
  std::size_t cells_ = 0;  // in each of its lines
};

}  // namespace

std::string text_of(const Per& per) { return per.figure.empty() ? text_of(per.span) : per.figure; }

std::vector<Claim> read_claims(std::string_view text) { return Reader().read(text); }

}  // namespace cascade::metrics
