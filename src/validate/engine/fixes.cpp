// Turns a finding into the edit that mends it, rule by rule. A fix that quotes a value is parsed again with its edit,
// and is dropped if any field then reads differently or the block still does not load. Rules whose message names the
// better word ("did you mean X?") are fixed from that message, so that text and edit cannot disagree.
#include "validate/engine/fixes.h"

#include <algorithm>

#include "files/paths.h"
#include "syntax/frontmatter.h"
#include "syntax/lines.h"
#include "syntax/yaml.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

namespace cascade::validation {
namespace {

// Returns the text between two marks in one of our messages; empty: the marks are missing.
std::string between(std::string_view text, std::string_view before, std::string_view after) {
  const std::size_t begin = text.find(before);
  if (begin == std::string_view::npos) return {};
  const std::size_t from = begin + before.size(), end = text.find(after, from);
  return end == std::string_view::npos ? std::string() : std::string(text.substr(from, end - from));
}

// Writes a value as YAML in double quotes.
std::string in_double_quotes(std::string_view value) {
  std::string out = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

// Flattens the keys and texts of front matter to one string for comparison.
void flatten(const syntax::Node& node, std::string& out) {
  out.append(letters::trim(node.text)) += '\0';
  for (const syntax::Node& item : node.items) flatten(item, out);
  out += '\1';
}
std::string fields_of(std::string_view text) {
  const syntax::Frontmatter block = syntax::find_frontmatter(text);
  const syntax::Parsed parsed = syntax::parse_yaml(text.substr(block.begin, block.end - block.begin), block.line);
  std::string out;
  flatten(parsed.root, out);
  return out;
}

class Mender {
 public:
  Mender(const Diagnostic& finding, std::string_view text) : finding_(finding), text_(text), lines_(text) {
    begin_ = offset_of(finding.at.line, std::max<std::uint32_t>(finding.at.column, 1));
    end_ = finding.at.end_line != 0 ? offset_of(finding.at.end_line, finding.at.end_column) : begin_;
    if (end_ < begin_) end_ = begin_;
  }

  std::optional<Fix> mend() {
    const std::string_view rule = finding_.rule;
    if (rule == "FM011") return mark();
    if (rule == "FM003") return block_first();
    if (finding_.at.line == 0 || finding_.at.line > lines_.lines()) return std::nullopt;
    if (rule == "CT010") return forward_slashes();
    if (rule == "FM008") return without_quotes();
    if (rule == "FM013") return kept_meaning(replace(begin_, end_, in_double_quotes(part()), true));
    if (rule == "FM015") return quoted_value();
    if (rule == "FM004") return loadable_value();
    if (rule == "PL003") return with_dot();
    if (rule == "SU001") return without_comment();
    if (rule == "FM002") return closed_block();
    if (rule == "FM014") return other_key();
    if (rule == "ID001") return other_name(between(finding_.help, "as in \"", "\""));
    if (rule == "ID003") return named_as_folder(between(finding_.message, "the folder is \"", "\""));
    if (rule == "SEC001" || rule == "SEC002" || rule == "SEC003") return without_hidden();
    return nearest();
  }

 private:
  std::size_t offset_of(std::uint32_t line, std::uint32_t column) const {
    if (line == 0 || line > lines_.lines()) return text_.size();
    std::size_t at = lines_.start(line);
    if (line == 1 && text_.starts_with(unicode::byte_order_mark)) at = 3;
    for (std::uint32_t i = 1; i < column && at < text_.size() && text_[at] != '\n'; ++i)
      at += unicode::decode(text_, at).length;
    return at;
  }

  std::string_view part() const { return text_.substr(begin_, end_ - begin_); }

  Fix replace(std::size_t begin, std::size_t end, std::string by, bool safe) const {
    return Fix{safe, {{finding_.at.path, begin, end - begin, std::move(by)}}};
  }

  // Returns the fix if the fields read as before.
  std::optional<Fix> kept_meaning(Fix fix) const {
    if (part().empty() && fix.edits.front().length == 0) return std::nullopt;
    std::size_t applied = 0;
    if (fields_of(with_edits(text_, fix.edits, applied)) != fields_of(text_)) return std::nullopt;
    return fix;
  }

  std::optional<Fix> mark() const {
    if (!text_.starts_with(unicode::byte_order_mark)) return std::nullopt;
    return replace(0, 3, "", true);
  }

  // Moves the text before the front matter behind it: nothing is lost, and the client sees the fields.
  std::optional<Fix> block_first() const {
    const syntax::Frontmatter block = syntax::find_frontmatter(text_);
    if (block.state != syntax::FrontmatterState::preceded) return std::nullopt;
    const std::size_t begin = block.byte_order_mark ? unicode::byte_order_mark.size() : 0;
    const std::size_t opening = lines_.start(block.opening_line);
    const std::string before(text_.substr(begin, opening - begin));
    const bool ended = block.body > 0 && (text_[block.body - 1] == '\n' || text_[block.body - 1] == '\r');
    Fix fix = replace(begin, opening, "", true);
    fix.edits.push_back({finding_.at.path, block.body, 0, (ended ? "" : "\n") + before});
    return fix;
  }

  std::optional<Fix> forward_slashes() const {
    std::string path(part());
    if (path.find('\\') == std::string::npos) return std::nullopt;
    std::replace(path.begin(), path.end(), '\\', '/');
    return replace(begin_, end_, std::move(path), true);
  }

  // Removes quotes around "true" for a switch, or "3" for a number.
  std::optional<Fix> without_quotes() const {
    const std::string_view value = part();
    if (value.size() < 3 || (value.front() != '"' && value.front() != '\'') || value.back() != value.front())
      return std::nullopt;
    const std::string inner = letters::to_lower(value.substr(1, value.size() - 2));
    const bool number = std::all_of(inner.begin(), inner.end(), letters::is_digit);
    if (inner != "true" && inner != "false" && !number) return std::nullopt;
    return replace(begin_, end_, inner, true);
  }

  // Quotes the value up to the end of the line, without trailing blanks.
  std::optional<Fix> quoted_value() const {
    if (finding_.message.find("must be quoted") == std::string::npos) return std::nullopt;  // a comment cut it short
    const std::string_view line =
        text_.substr(begin_, lines_.start(finding_.at.line) + lines_.line(finding_.at.line).size() - begin_);
    const std::string_view value = letters::trim(line);
    if (value.empty() || value.data() != line.data() || value.front() == '"' || value.front() == '\'')
      return std::nullopt;
    return kept_meaning(replace(begin_, begin_ + value.size(), in_double_quotes(value), true));
  }

  // Quotes the value in "key: a: b" on one line, if nothing else prevents reading the block.
  std::optional<Fix> loadable_value() const {
    const std::string_view line = lines_.line(finding_.at.line);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 ||
        !std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon), letters::is_name))
      return std::nullopt;
    const std::string_view value = letters::trim(line.substr(colon + 1));
    if (value.empty() || std::string_view("\"'|>[{&*!").find(value.front()) != std::string_view::npos)
      return std::nullopt;
    const std::size_t begin = static_cast<std::size_t>(value.data() - text_.data());
    Fix fix = replace(begin, begin + value.size(), in_double_quotes(value), true);
    std::size_t applied = 0;
    const std::string after = with_edits(text_, fix.edits, applied);
    const syntax::Frontmatter block = syntax::find_frontmatter(after);
    const syntax::Parsed parsed =
        syntax::parse_yaml(std::string_view(after).substr(block.begin, block.end - block.begin), block.line);
    const bool loads =
        parsed.complete && std::none_of(parsed.faults.begin(), parsed.faults.end(),
                                        [](const auto& fault) { return fault.kind == syntax::FaultKind::syntax; });
    return loads ? std::optional<Fix>(std::move(fix)) : std::nullopt;
  }

  std::optional<Fix> with_dot() const {
    const std::string_view value = part();
    if (value.size() < 3 || value.front() != '"' || value[1] == '.' || value[1] == '/') return std::nullopt;
    return replace(begin_ + 1, begin_ + 1, "./", true);
  }

  // Removes the comment that silences one rule, and its line if nothing else is on it.
  std::optional<Fix> without_comment() const {
    const std::string_view line = lines_.line(finding_.at.line);
    const std::size_t first = lines_.start(finding_.at.line);
    const std::size_t in_line = begin_ - first;
    const std::size_t open = line.rfind("<!--", in_line), hash = line.rfind('#', in_line);
    std::size_t begin = open, end = line.size();
    if (open != std::string_view::npos) {
      const std::size_t close = line.find("-->", in_line);
      if (close == std::string_view::npos) return std::nullopt;
      end = close + 3;
    } else {
      begin = hash;
    }
    if (begin == std::string_view::npos) return std::nullopt;
    const std::string_view names = line.substr(in_line, line.substr(0, end).find("--", in_line) - in_line);
    if (names.find(',') != std::string_view::npos) return std::nullopt;  // the comment may be in use for another rule
    const bool alone = letters::trim(line.substr(0, begin)).empty() && letters::trim(line.substr(end)).empty();
    if (!alone) return replace(first + begin, first + end, "", true);
    const std::size_t next = finding_.at.line < lines_.lines() ? lines_.start(finding_.at.line + 1) : text_.size();
    return replace(first, next, "", true);
  }

  // Closes the block before the first blank line or heading after the opening dashes.
  std::optional<Fix> closed_block() const {
    std::uint32_t line = finding_.at.line + 1;
    for (; line <= lines_.lines(); ++line) {
      const std::string_view text = lines_.line(line);
      if (letters::trim(text).empty() || text.front() == '#') break;
    }
    if (line == finding_.at.line + 1 || line > lines_.lines()) return std::nullopt;
    return replace(lines_.start(line), lines_.start(line), "---\n", false);
  }

  // allowed-tools in an agent, tools in a skill: each should have the other key.
  std::optional<Fix> other_key() const {
    const std::string_view key = part();
    const std::string_view other = key == "allowed-tools" && finding_.message.find("agent") != std::string::npos
                                       ? "tools"
                                   : key == "tools" ? "allowed-tools"
                                                    : std::string_view();
    if (other.empty() || has_key(other)) return std::nullopt;
    return replace(begin_, end_, std::string(other), false);
  }

  bool has_key(std::string_view key) const {
    const syntax::Frontmatter block = syntax::find_frontmatter(text_);
    return syntax::parse_yaml(text_.substr(block.begin, block.end - block.begin), block.line).root.find(key) != nullptr;
  }

  // If the folder's own name is invalid, the folder should be renamed; ID001 would undo a fix here.
  std::optional<Fix> named_as_folder(const std::string& folder) const {
    const bool good = std::all_of(folder.begin(), folder.end(),
                                  [](char c) { return letters::is_lower(c) || letters::is_digit(c) || c == '-'; });
    return good ? other_name(folder) : std::nullopt;
  }

  std::optional<Fix> other_name(const std::string& name) const {
    if (name.empty() || part().empty() || name == inner_part()) return std::nullopt;
    return replaced_inside(name);
  }

  std::string_view inner_part() const {
    std::string_view value = part();
    const bool quoted =
        value.size() > 1 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front();
    return quoted ? value.substr(1, value.size() - 2) : value;
  }

  // Keeps the quotes.
  Fix replaced_inside(const std::string& by) const {
    const std::size_t shift = inner_part().size() == part().size() ? 0 : 1;
    return replace(begin_ + shift, end_ - shift, by, false);
  }

  std::optional<Fix> without_hidden() const {
    if (finding_.severity == Severity::info || part().empty()) return std::nullopt;
    return replace(begin_, end_, "", false);
  }

  // Applies the proposal of the help, if the text has such a word.
  std::optional<Fix> nearest() const {
    for (const std::string_view rule : {"FM007", "FM009", "HK002", "TL001", "RF001", "RF002"}) {
      if (finding_.rule != rule) continue;
      const std::string word = between(finding_.help, "did you mean ", "?");
      const std::string_view old = inner_part();
      if (word.empty() || old.empty() || word.find_first_of(" ,") != std::string::npos ||
          old.find_first_of(" \n,") != std::string_view::npos)
        return std::nullopt;
      if (rule == "FM007" && has_key(word)) return std::nullopt;
      return replaced_inside(word);
    }
    return std::nullopt;
  }

  const Diagnostic& finding_;
  std::string_view text_;
  syntax::LineIndex lines_;
  std::size_t begin_ = 0, end_ = 0;
};

}  // namespace

std::optional<Fix> fix_of(const Diagnostic& finding, std::string_view text) {
  if (finding.fix) return finding.fix;
  return Mender(finding, text).mend();
}

std::string with_edits(std::string_view text, std::vector<Edit> edits, std::size_t& applied) {
  std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.offset < b.offset; });
  std::string out;
  std::size_t done = 0;
  for (const Edit& edit : edits) {
    if (edit.offset < done || edit.offset > text.size() || edit.length > text.size() - edit.offset) continue;
    out.append(text, done, edit.offset - done).append(edit.text);
    done = edit.offset + edit.length;
    ++applied;
  }
  return out.append(text, done, std::string_view::npos);
}

}  // namespace cascade::validation
