// Turns a finding into the edit that mends it, rule by rule. A fix that quotes a value is parsed again with its edit,
// and is dropped if any field then reads differently or the block still does not load. Rules whose message names the
// better word ("did you mean X?") are fixed from that message, so that text and edit cannot disagree.
#include <algorithm>
#include <map>
#include <utility>

#include "files/atomic_write.h"
#include "files/tree.h"
#include "syntax/frontmatter.h"
#include "syntax/lines.h"
#include "syntax/yaml.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/word_set.h"
#include "unicode/utf8.h"
#include "validate/checkup/checkup.h"

namespace cascade::validation {
namespace {

// Returns the text between two marks in one of our messages; empty: the marks are missing.
std::string between(std::string_view text, std::string_view before, std::string_view after) {
  const std::size_t begin = text.find(before);
  if (begin == std::string_view::npos) return {};
  const std::size_t from = begin + before.size(), end = text.find(after, from);
  return end == std::string_view::npos ? std::string() : std::string(text.substr(from, end - from));
}

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
syntax::Parsed parsed(std::string_view text) {
  const syntax::Frontmatter block = syntax::find_frontmatter(text);
  return syntax::parse_yaml(text.substr(block.begin, block.end - block.begin), block.line);
}
std::string fields_of(std::string_view text) {
  std::string out;
  flatten(parsed(text).root, out);
  return out;
}

// The text that a finding is about, and the finding's place in it as bytes.
struct Faulty {
  const Diagnostic& finding;
  std::string_view text;
  syntax::LineIndex lines;
  std::size_t begin = 0, end = 0;

  std::string_view part() const { return text.substr(begin, end - begin); }
};

std::size_t offset_of(const Faulty& in, std::uint32_t line, std::uint32_t column) {
  if (line == 0 || line > in.lines.lines()) return in.text.size();
  std::size_t at = in.lines.start(line);
  if (line == 1 && in.text.starts_with(unicode::byte_order_mark)) at = 3;
  for (std::uint32_t i = 1; i < column && at < in.text.size() && in.text[at] != '\n'; ++i)
    at += unicode::decode(in.text, at).length;
  return at;
}

Faulty locate(const Diagnostic& finding, std::string_view text) {
  Faulty in{finding, text, syntax::LineIndex(text)};
  const Location& at = finding.at;
  in.begin = in.end = offset_of(in, at.line, std::max<std::uint32_t>(at.column, 1));
  if (at.end_line != 0) in.end = std::max(in.begin, offset_of(in, at.end_line, at.end_column));
  return in;
}

Fix replace(const Faulty& in, std::size_t begin, std::size_t end, std::string by, bool safe) {
  return Fix{safe, {{in.finding.at.path, begin, end - begin, std::move(by)}}};
}

// Returns the fix if the fields read as before.
std::optional<Fix> kept_meaning(const Faulty& in, Fix fix) {
  if (in.part().empty() && fix.edits.front().length == 0) return std::nullopt;
  std::size_t applied = 0;
  if (fields_of(with_edits(in.text, fix.edits, applied)) != fields_of(in.text)) return std::nullopt;
  return fix;
}

bool has_key(const Faulty& in, std::string_view key) { return parsed(in.text).root.find(key) != nullptr; }

bool is_quoted(std::string_view value) {
  return value.size() > 1 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front();
}

std::string_view inner_part(const Faulty& in) {
  const std::string_view value = in.part();
  return is_quoted(value) ? value.substr(1, value.size() - 2) : value;
}

Fix replaced_inside(const Faulty& in, const std::string& by) {
  const std::size_t shift = inner_part(in).size() == in.part().size() ? 0 : 1;
  return replace(in, in.begin + shift, in.end - shift, by, false);
}

std::optional<Fix> without_mark(const Faulty& in) {
  if (!in.text.starts_with(unicode::byte_order_mark)) return std::nullopt;
  return replace(in, 0, 3, "", true);
}

// Moves the text before the front matter behind it: nothing is lost, and the client sees the fields.
std::optional<Fix> block_first(const Faulty& in) {
  const syntax::Frontmatter block = syntax::find_frontmatter(in.text);
  if (block.state != syntax::FrontmatterState::preceded) return std::nullopt;
  const std::size_t begin = block.byte_order_mark ? unicode::byte_order_mark.size() : 0;
  const std::size_t opening = in.lines.start(block.opening_line);
  const std::string before(in.text.substr(begin, opening - begin));
  const bool ended = block.body > 0 && (in.text[block.body - 1] == '\n' || in.text[block.body - 1] == '\r');
  Fix fix = replace(in, begin, opening, "", true);
  fix.edits.push_back({in.finding.at.path, block.body, 0, (ended ? "" : "\n") + before});
  return fix;
}

std::optional<Fix> forward_slashes(const Faulty& in) {
  std::string path(in.part());
  if (path.find('\\') == std::string::npos) return std::nullopt;
  std::replace(path.begin(), path.end(), '\\', '/');
  return replace(in, in.begin, in.end, std::move(path), true);
}

// Removes quotes around "true" for a switch, or "3" for a number.
std::optional<Fix> without_quotes(const Faulty& in) {
  if (!is_quoted(in.part())) return std::nullopt;
  const std::string inner = letters::to_lower(inner_part(in));
  const bool number = !inner.empty() && std::ranges::all_of(inner, letters::is_digit);
  if (inner != "true" && inner != "false" && !number) return std::nullopt;
  return replace(in, in.begin, in.end, inner, true);
}

// Quotes the value up to the end of the line, without trailing blanks.
std::optional<Fix> quoted_value(const Faulty& in) {
  if (in.finding.message.find("must be quoted") == std::string::npos) return std::nullopt;  // a comment cut it short
  const std::string_view line = in.text.substr(
      in.begin, in.lines.start(in.finding.at.line) + in.lines.line(in.finding.at.line).size() - in.begin);
  const std::string_view value = letters::trim(line);
  if (value.empty() || value.data() != line.data() || value.front() == '"' || value.front() == '\'')
    return std::nullopt;
  return kept_meaning(in, replace(in, in.begin, in.begin + value.size(), in_double_quotes(value), true));
}

// Quotes the value in "key: a: b" on one line, if nothing else prevents reading the block.
std::optional<Fix> loadable_value(const Faulty& in) {
  const std::string_view line = in.lines.line(in.finding.at.line);
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0 ||
      !std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon), letters::is_name))
    return std::nullopt;
  const std::string_view value = letters::trim(line.substr(colon + 1));
  if (value.empty() || std::string_view("\"'|>[{&*!").find(value.front()) != std::string_view::npos)
    return std::nullopt;
  const std::size_t begin = static_cast<std::size_t>(value.data() - in.text.data());
  Fix fix = replace(in, begin, begin + value.size(), in_double_quotes(value), true);
  std::size_t applied = 0;
  const syntax::Parsed after = parsed(with_edits(in.text, fix.edits, applied));
  if (!after.complete || letters::find_first(after.faults, &syntax::Fault::kind, syntax::FaultKind::syntax) != nullptr)
    return std::nullopt;
  return fix;
}

std::optional<Fix> with_dot(const Faulty& in) {
  const std::string_view value = in.part();
  if (value.size() < 3 || value.front() != '"' || value[1] == '.' || value[1] == '/') return std::nullopt;
  return replace(in, in.begin + 1, in.begin + 1, "./", true);
}

// Removes the comment that silences one rule, and its line if nothing else is on it.
std::optional<Fix> without_comment(const Faulty& in) {
  const std::string_view line = in.lines.line(in.finding.at.line);
  const std::size_t first = in.lines.start(in.finding.at.line);
  const std::size_t in_line = in.begin - first;
  const std::size_t open = line.rfind("<!--", in_line), close = line.find("-->", in_line);
  const bool in_html = open != std::string_view::npos;
  const std::size_t begin = in_html ? open : line.rfind('#', in_line), end = in_html ? close + 3 : line.size();
  if (begin == std::string_view::npos || (in_html && close == std::string_view::npos)) return std::nullopt;
  const std::string_view names = line.substr(in_line, line.substr(0, end).find("--", in_line) - in_line);
  if (names.find(',') != std::string_view::npos) return std::nullopt;  // the comment may be in use for another rule
  const bool alone = letters::trim(line.substr(0, begin)).empty() && letters::trim(line.substr(end)).empty();
  if (!alone) return replace(in, first + begin, first + end, "", true);
  const std::size_t next =
      in.finding.at.line < in.lines.lines() ? in.lines.start(in.finding.at.line + 1) : in.text.size();
  return replace(in, first, next, "", true);
}

// Closes the block before the first blank line or heading after the opening dashes.
std::optional<Fix> closed_block(const Faulty& in) {
  std::uint32_t line = in.finding.at.line + 1;
  for (; line <= in.lines.lines(); ++line) {
    const std::string_view text = in.lines.line(line);
    if (letters::trim(text).empty() || text.front() == '#') break;
  }
  if (line == in.finding.at.line + 1 || line > in.lines.lines()) return std::nullopt;
  return replace(in, in.lines.start(line), in.lines.start(line), "---\n", false);
}

// allowed-tools in an agent, tools in a skill: each should have the other key.
std::optional<Fix> other_key(const Faulty& in) {
  const std::string_view key = in.part();
  const std::string_view other = key == "allowed-tools" && in.finding.message.find("agent") != std::string::npos
                                     ? "tools"
                                 : key == "tools" ? "allowed-tools"
                                                  : std::string_view();
  if (other.empty() || has_key(in, other)) return std::nullopt;
  return replace(in, in.begin, in.end, std::string(other), false);
}

std::optional<Fix> other_name(const Faulty& in, const std::string& name) {
  if (name.empty() || in.part().empty() || name == inner_part(in)) return std::nullopt;
  return replaced_inside(in, name);
}

// If the folder's own name is invalid, the folder should be renamed; ID001 would undo a fix here.
std::optional<Fix> named_as_folder(const Faulty& in, const std::string& folder) {
  const auto is_good = [](char c) { return letters::is_lower(c) || letters::is_digit(c) || c == '-'; };
  return std::ranges::all_of(folder, is_good) ? other_name(in, folder) : std::nullopt;
}

std::optional<Fix> without_hidden(const Faulty& in) {
  if (in.finding.severity == Severity::info || in.part().empty()) return std::nullopt;
  return replace(in, in.begin, in.end, "", false);
}

// Applies the proposal of the help, if the text has such a word.
std::optional<Fix> proposed_word(const Faulty& in) {
  if (!letters::is_one_of(in.finding.rule, {"FM007", "FM009", "HK002", "TL001", "RF001", "RF002"})) return std::nullopt;
  const std::string word = between(in.finding.help, "did you mean ", "?");
  const std::string_view old = inner_part(in);
  if (word.empty() || old.empty() || word.find_first_of(" ,") != std::string::npos ||
      old.find_first_of(" \n,") != std::string_view::npos || (in.finding.rule == "FM007" && has_key(in, word)))
    return std::nullopt;
  return replaced_inside(in, word);
}

std::optional<Fix> mend(const Faulty& in) {
  const std::string_view rule = in.finding.rule;
  if (rule == "FM011") return without_mark(in);
  if (rule == "FM003") return block_first(in);
  if (in.finding.at.line == 0 || in.finding.at.line > in.lines.lines()) return std::nullopt;
  if (rule == "CT010") return forward_slashes(in);
  if (rule == "FM008") return without_quotes(in);
  if (rule == "FM013") return kept_meaning(in, replace(in, in.begin, in.end, in_double_quotes(in.part()), true));
  if (rule == "FM015") return quoted_value(in);
  if (rule == "FM004") return loadable_value(in);
  if (rule == "PL003") return with_dot(in);
  if (rule == "SU001") return without_comment(in);
  if (rule == "FM002") return closed_block(in);
  if (rule == "FM014") return other_key(in);
  if (rule == "ID001") return other_name(in, between(in.finding.help, "as in \"", "\""));
  if (rule == "ID003") return named_as_folder(in, between(in.finding.message, "the folder is \"", "\""));
  if (rule == "SEC001" || rule == "SEC002" || rule == "SEC003") return without_hidden(in);
  return proposed_word(in);
}

}  // namespace

std::optional<Fix> fix_of(const Diagnostic& finding, std::string_view text) {
  if (finding.fix) return finding.fix;
  return mend(locate(finding, text));
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

// Each finding's fix is computed for the file as it is. What one fix brings about is left to the next run.
namespace cascade {
namespace {

// Returns the edits of fixes that do not overlap an earlier fix: half a fix would be worse than none.
std::vector<Edit> compatible(const std::vector<Fix>& fixes) {
  std::vector<Edit> taken;
  const auto overlaps = [&](const Edit& edit) {
    return std::any_of(taken.begin(), taken.end(), [&](const Edit& other) {
      return edit.offset < other.offset + std::max<std::uint64_t>(other.length, 1) &&
             other.offset < edit.offset + std::max<std::uint64_t>(edit.length, 1);
    });
  };
  for (const Fix& fix : fixes)
    if (std::none_of(fix.edits.begin(), fix.edits.end(), overlaps))
      taken.insert(taken.end(), fix.edits.begin(), fix.edits.end());
  return taken;
}

// Returns the findings that a rule's fix may mend, as indices, grouped by file.
std::map<std::string, std::vector<std::size_t>> mendable(const std::vector<Diagnostic>& found) {
  std::map<std::string, std::vector<std::size_t>> by_file;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const RuleInfo* rule = find_rule(found[i].rule);
    if (rule != nullptr && rule->fix != FixKind::none) by_file[found[i].at.path].push_back(i);
  }
  return by_file;
}

std::optional<Fix> fix_in(const Diagnostic& finding, const std::string& text) {
  Diagnostic own = finding;
  if (own.fix)
    for (Edit& edit : own.fix->edits) edit.path = own.at.path;  // made before the root's prefix was known
  return validation::fix_of(own, text);
}

}  // namespace

std::vector<MendedFile> mend(const Checkup& checkup, bool unsafe) {
  const std::vector<Diagnostic>& all = checkup.validation().found;
  std::vector<MendedFile> mended;
  for (const auto& [path, found] : mendable(all)) {
    auto text = checkup.read(path);
    if (!text) continue;
    std::vector<Fix> fixes;
    for (const std::size_t i : found) {
      const auto fix = fix_in(all[i], *text);
      if (fix && (fix->safe || unsafe)) fixes.push_back(*fix);
    }
    MendedFile file{path, *text, {}, 0};
    file.after = validation::with_edits(*text, compatible(fixes), file.edits);
    if (file.edits != 0 && file.after != file.before) mended.push_back(std::move(file));
  }
  return mended;
}

std::vector<Diagnostic> with_fixes(const Checkup& checkup) {
  std::vector<Diagnostic> all = checkup.validation().found;
  for (const auto& [path, found] : mendable(all)) {
    const auto text = checkup.read(path);
    for (const std::size_t i : found) all[i].fix = text ? fix_in(all[i], *text) : std::nullopt;
  }
  return all;
}

Result<void> write_mended(const Checkup& checkup, const MendedFile& file) {
  const auto path = checkup.file_of(file.path);
  if (!path) return Error{ErrorCode::not_found, "no such file", file.path, {}};
  const auto real = files::DiskTree().real_path(*path);
  if (!real) return real.error();
  return files::replace_user_file(*real, file.before, file.after);
}

}  // namespace cascade
