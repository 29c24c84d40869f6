#include "explain/change.h"

#include <charconv>
#include <functional>
#include <iterator>
#include <tuple>
#include <utility>

#include "explain/lists.h"
#include "explain/risk_facts.h"
#include "explanations/record.h"
#include "files/paths.h"
#include "files/run_program.h"
#include "history/history.h"
#include "syntax/json.h"
#include "syntax/put.h"
#include "text/ascii.h"
#include "text/hex.h"
#include "text/lines.h"
#include "text/names.h"
#include "text/word_set.h"

namespace cascade::comprehension {
namespace {

using syntax::Node, syntax::NodeKind;
using Members = std::vector<std::pair<std::string_view, std::string>>;
using Lists = std::vector<std::pair<std::string_view, std::vector<std::string>>>;
using TakeLine = std::function<bool(const Node& line)>;

constexpr int most_milliseconds = 120'000;  // until the next line

std::uint32_t number_of(const Node& list, std::size_t at) {
  std::uint32_t value = 0;
  if (at >= list.items.size()) return 0;
  const std::string& text = list.items[at].text;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string item_of(const Node& list, std::size_t at) {
  return at < list.items.size() ? list.items[at].text : std::string();
}

Error refused(const Node& line, const std::string& directory) {
  const std::string error = syntax::text_of(line, "error"), message = syntax::text_of(line, "message");
  if (error == "none")
    return {ErrorCode::unreadable, "not in a git repository", directory, "cascade explain needs one"};
  if (error == "from" || error == "to" || error == "revision")
    return {ErrorCode::not_found, "there is no such revision here" + (message.empty() ? "" : ": " + message), directory,
            "name a range, as in main..HEAD; a shallow clone has only its newest commits: fetch with more depth"};
  if (error == "unrelated")
    return {ErrorCode::not_found, "the two ends of the range have no commit in common", directory,
            "a shallow clone has only its newest commits: fetch with more depth"};
  if (error == "large")
    return {ErrorCode::unreadable, "the range changes more than 500,000 files in one step, and is not read", directory,
            "look at what it adds: git ls-tree -r --name-only HEAD | head"};
  if (error == "owner")
    return {ErrorCode::unreadable, "the repository belongs to another user", directory,
            "see safe.directory in git's manual"};
  return {ErrorCode::unreadable, "the repository cannot be read: " + message, directory, ""};
}

// Asks one question and hands each line of the answer to `take`, which returns false if it makes no sense.
Result<void> ask(const std::string& program, const std::string& directory, std::string_view what, const Members& words,
                 const Lists& lists, const TakeLine& take) {
  if (program.empty())
    return Error{ErrorCode::unsupported, "cascade-git is not there", "", "install all of Cascade, with libgit2"};
  auto child = files::ChildProcess::start({program});
  if (!child) return child.error();
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  put(json.begin_object(), "ask", what, "directory", directory);
  for (const auto& [key, value] : words) put(json, key, value);
  for (const auto& [key, values] : lists) put(json, key, values);
  json.end_object();
  constexpr syntax::NodeLimits limits{std::size_t{4} << 20, 8, 400'000, 0};
  std::size_t lines = 0;
  for (auto line = child->ask(json.take(), most_milliseconds);; line = child->next(most_milliseconds)) {
    if (!line) return line.error();
    const syntax::Parsed parsed = syntax::parse_json(*line, limits);
    if (parsed.root.kind != NodeKind::map)
      return Error{ErrorCode::malformed, "cascade-git did not answer with JSON", program,
                   "install all of Cascade again"};
    if (parsed.root.find("error") != nullptr) return refused(parsed.root, directory);
    if (const Node* end = parsed.root.find("end")) {
      if (end->text == std::to_string(lines)) return {};
      return Error{ErrorCode::unreadable, "cascade-git's answer is torn", program, "ask again"};
    }
    if (!take(parsed.root))
      return Error{ErrorCode::malformed, "cascade-git answered with something else", program,
                   "install all of Cascade again"};
    ++lines;
  }
}

bool take_hunk(const Node& line, const Node& list, Change& change) {
  Hunk hunk;
  hunk.id = item_of(list, 0);
  hunk.inverse = item_of(list, 1);
  hunk.old_at = number_of(list, 2);
  hunk.old_lines = number_of(list, 3);
  hunk.new_at = number_of(list, 4);
  hunk.new_lines = number_of(list, 5);
  hunk.removed = syntax::texts_of(line, "old");
  hunk.added = syntax::texts_of(line, "new");
  if (change.files.empty()) return false;
  hunk.file = static_cast<std::uint32_t>(change.files.size() - 1);
  ++change.files.back().hunks;
  change.hunks.push_back(std::move(hunk));
  return true;
}

bool take_line(const Node& line, Change& change) {
  if (const Node* list = line.find("hunk")) return take_hunk(line, *list, change);
  if (const Node* list = line.find("file")) {
    ChangedFile& file = change.files.emplace_back();
    file.path = item_of(*list, 0);
    file.old_path = item_of(*list, 1);
    const std::string status = item_of(*list, 2);
    file.status = status.empty() ? 'M' : status[0];
    return true;
  }
  if (const Node* list = line.find("commit")) {
    RangeCommit& commit = change.commits.emplace_back();
    commit.id = item_of(*list, 0);
    commit.parents = number_of(*list, 1);
    commit.name = item_of(*list, 2);
    commit.mail = item_of(*list, 3);
    commit.message = item_of(*list, 4);
    commit.ai_note = item_of(*list, 5);
    commit.files = syntax::texts_of(line, "files");
    return true;
  }
  if (const Node* list = line.find("range")) {
    change.base = item_of(*list, 0);
    change.head = item_of(*list, 1);
    change.top = syntax::text_of(line, "top");
    return true;
  }
  return false;
}

Result<Change> change_told(const std::string& program, const std::string& directory, std::string_view what,
                           const Members& words) {
  Change change;
  const auto done = ask(program, directory, what, words, {}, [&](const Node& line) { return take_line(line, change); });
  if (!done) return done.error();
  return change;
}

constexpr std::string_view need_names[need_count] = {"needed",     "not required", "records",  "documentation",
                                                     "generated",  "white space",  "comments", "reverted",
                                                     "by pattern", "small"};

bool matches_one(const std::vector<std::string>& patterns, const std::string& path) {
  return std::ranges::any_of(patterns, [&](const std::string& pattern) { return files::matches_glob(pattern, path); });
}

std::string without_space(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines)
    for (const char c : line)
      if (!letters::is_space(c)) text += c;
  return text;
}

// White space means something where it is the syntax; there only the end of a line is free.
bool differs_in_space_only(const Hunk& hunk, std::string_view lower) {
  if (hunk.removed.size() != hunk.old_lines || hunk.added.size() != hunk.new_lines) return false;  // not all is known
  if (!fits_any(lower, lists::strict_space)) return without_space(hunk.removed) == without_space(hunk.added);
  const auto same_start = [](const std::string& a, const std::string& b) {
    return std::string_view(a).substr(0, a.find_last_not_of(" \t") + 1) ==
           std::string_view(b).substr(0, b.find_last_not_of(" \t") + 1);
  };
  std::vector<std::string> removed, added;
  for (const std::string& line : hunk.removed)
    if (!letters::trim(line).empty()) removed.push_back(line);
  for (const std::string& line : hunk.added)
    if (!letters::trim(line).empty()) added.push_back(line);
  return std::equal(removed.begin(), removed.end(), added.begin(), added.end(), same_start);
}

// Directives look like comments and are none.
bool is_directive(std::string_view text) {
  const std::string line = letters::to_lower(text);
  return std::ranges::any_of(lists::directives,
                             [&](std::string_view mark) { return line.find(mark) != std::string::npos; });
}

bool is_comment_only(const Hunk& hunk, std::string_view lower) {
  const bool by_hash = fits_any(lower, lists::hash_comments), by_slash = fits_any(lower, lists::slash_comments);
  if (!by_hash && !by_slash) return false;
  if (hunk.removed.size() != hunk.old_lines || hunk.added.size() != hunk.new_lines) return false;
  const auto is_plain = [&](const std::string& line) {
    const std::string_view text = letters::trim(line);
    if (text.empty()) return true;
    const bool comment = by_hash ? text.front() == '#' : text.substr(0, 2) == "//";
    return comment && !is_directive(text);
  };
  return std::ranges::all_of(hunk.removed, is_plain) && std::ranges::all_of(hunk.added, is_plain);
}

// The files of commits that are asked about because a program helped to write them; notes what says so first.
std::set<std::string> assisted_files(const Change& change, const Settings& settings, Needs& needs) {
  std::set<std::string> files;
  for (const RangeCommit& commit : change.commits) {
    const std::string said = said_assistance(commit);
    if (needs.assisted.empty()) needs.assisted = said;
    if ((settings.assisted && !said.empty()) || (settings.ai_notes && has_ai_note(commit)))
      files.insert(commit.files.begin(), commit.files.end());
  }
  return files;
}

// A text for people, by its path in lower case.
bool is_document(std::string_view lower) {
  return fits_any(lower, lists::documents) && !fits_any(lower, lists::not_documents);
}

Need need_of(const ChangedFile& file, const Hunk& hunk, const Settings& settings, bool is_risky,
             const std::vector<std::string>& reverted) {
  const std::string lower = letters::to_lower(file.path);
  if (is_record_path(file.path)) return Need::record;
  if (std::binary_search(reverted.begin(), reverted.end(), hunk.id)) return Need::reverted;
  if (is_risky) return Need::needed;
  if (matches_one(settings.exempt, file.path)) return Need::by_pattern;
  if (is_document(lower)) return Need::documentation;
  if (metrics::made_by_path(file.path) != metrics::Made::authored) return Need::generated;
  if (hunk.old_lines + hunk.new_lines > 0) {
    if (differs_in_space_only(hunk, lower)) return Need::white_space;
    if (is_comment_only(hunk, lower)) return Need::comments;
  }
  return Need::needed;
}

// Few lines are trivial, unless one of them is of a kind that is asked about, or a risky path's, or has no lines (a
// mode, a binary file).
void spare_small(const Change& change, const Settings& settings, Needs& needs) {
  std::uint64_t left = 0;
  for (std::size_t at = 0; at < change.hunks.size(); ++at) {
    if (needs.of_hunk[at] != Need::needed) continue;
    const Hunk& hunk = change.hunks[at];
    left += hunk.lines();
    if (needs.is_risky[at] || hunk.old_lines + hunk.new_lines == 0 || risk_of(change, hunk) != Risk::none) return;
    if (left > settings.small) return;
  }
  for (Need& need : needs.of_hunk)
    if (need == Need::needed) need = Need::small;
}

bool is_said_by(std::string_view line) {
  const std::string lower = letters::to_lower(letters::trim(line));
  for (const std::string_view trailer : lists::assistance)
    if (lower.compare(0, trailer.size(), trailer) == 0 && lower.size() > trailer.size() + 1) return true;
  constexpr std::string_view author = "co-authored-by:";
  if (lower.compare(0, author.size(), author) == 0)
    return fits_any(letters::trim(std::string_view(lower).substr(author.size())), lists::agents);
  return fits_any(lower, lists::added_lines);
}

// A line is marked by its words, as names or as parts of names. Only words that some row knows are kept, because most
// lines of a large change have none.
constexpr std::string_view comment_starts[] = {"//", "#", "*", "/*", "--", ";", "<!--", "\"\"\"", "'''"};

using Words = std::set<std::string_view>;

bool is_comment(std::string_view line) {
  line = letters::trim_left(line);
  return std::ranges::any_of(comment_starts, [&](std::string_view start) {
    return line.substr(0, start.size()) == start && line.substr(0, 2) != "#[" && line.substr(0, 4) != "#inc";
  });
}

constexpr std::string_view before_plus(std::string_view entry) { return entry.substr(0, entry.find('+')); }
constexpr std::string_view behind_plus(std::string_view entry) {
  const std::size_t plus = entry.find('+');
  return plus == std::string_view::npos ? std::string_view() : entry.substr(plus + 1);
}

// Calls `take` for each word of each row.
template <typename Take>
constexpr void each_known_word(const Take& take) {
  for (const WordRow& row : risk_facts::words)
    letters::each_word(row.words, [&](std::string_view entry) {
      take(before_plus(entry));
      if (!behind_plus(entry).empty()) take(behind_plus(entry));
    });
}

// The words of all rows, in order.
constexpr std::size_t known_count = [] {
  std::size_t count = 0;
  each_known_word([&](std::string_view) { ++count; });
  return count;
}();
constexpr std::array<std::string_view, known_count> known_words = [] {
  std::array<std::string_view, known_count> words{};
  std::size_t at = 0;
  each_known_word([&](std::string_view word) { words[at++] = word; });
  std::ranges::sort(words);
  return words;
}();

void add_words(std::string_view line, Words& words) {
  std::string word;
  for (std::size_t at = 0; at <= line.size(); ++at) {
    const char c = at < line.size() ? line[at] : ' ';
    const bool upper = letters::is_upper(c) && at > 0 && letters::is_lower(line[at - 1]);
    if ((!letters::is_letter_or_digit(c) || upper) && !word.empty()) {
      const auto found = std::lower_bound(known_words.begin(), known_words.end(), word);
      if (found != known_words.end() && *found == word) words.insert(*found);
      word.clear();
    }
    if (letters::is_letter_or_digit(c)) word += letters::to_lower(c);
  }
}

bool fits_one(const WordRow& row, const Words& words) {
  bool fits = false;
  letters::each_word(row.words, [&](std::string_view entry) {
    const std::string_view second = behind_plus(entry);
    fits |= words.count(before_plus(entry)) > 0 && (second.empty() || words.count(second) > 0);
  });
  return fits;
}

std::vector<Words> marked_lines(const std::vector<std::string>& lines) {
  std::vector<Words> all;
  for (const std::string& line : lines) {
    Words words;
    if (!is_comment(line)) add_words(line, words);
    if (!words.empty()) all.push_back(std::move(words));
  }
  return all;
}

// An error path that was only moved or rewritten is not removed: as many lines of that kind were added.
bool row_fits(const WordRow& row, const std::vector<Words>& removed, const std::vector<Words>& added) {
  const auto count = [&](const std::vector<Words>& lines) {
    return std::ranges::count_if(lines, [&](const Words& line) { return fits_one(row, line); });
  };
  if (row.side == Side::removed) return count(removed) > count(added);
  return (row.side == Side::any && count(removed) > 0) || count(added) > 0;
}

const RiskRow& row_of(Risk risk) {
  return *std::find_if(std::begin(risk_facts::risks), std::end(risk_facts::risks) - 1,
                       [&](const RiskRow& row) { return row.risk == risk; });
}

enum class Place : std::uint8_t { source, data, test, prose };

Place place_of(const Change& change, const Hunk& hunk) {
  const std::string path = letters::to_lower(change.path_of(hunk));
  if (fits_any(path, lists::prose) || is_document(path)) return Place::prose;
  if (fits_any(path, lists::tests)) return Place::test;
  return fits_any(path, lists::data) ? Place::data : Place::source;
}

// Of one place: the first of each kind, then the others; if no rule knows any, the longest where `or_longest`.
void choose_among(const std::vector<Chosen>& ranked, bool or_longest, std::vector<Chosen>& chosen) {
  std::vector<Chosen> rest;
  const std::size_t before = chosen.size();
  for (const Chosen& one : ranked) {
    if (one.risk == Risk::none) continue;
    const bool is_first = chosen.size() == before || chosen.back().risk != one.risk;
    (is_first ? chosen : rest).push_back(one);
  }
  chosen.insert(chosen.end(), rest.begin(), rest.end());
  if (chosen.size() == before && or_longest && !ranked.empty()) chosen.push_back(ranked.front());
}

}  // namespace

const ChangedFile* Change::find(const std::string& path) const noexcept {
  return letters::find_first(files, &ChangedFile::path, path);
}

Result<Change> Repository::change(const std::string& from, const std::string& to) const {
  return change_told(program_, directory_, "range", {{"from", from}, {"to", to}});
}

Result<Change> Repository::change_of_commit(const std::string& revision) const {
  return change_told(program_, directory_, "hunks_of", {{"revision", revision}});
}

Result<void> Repository::check_out(const std::string& revision, const std::string& folder) const {
  return ask(program_, directory_, "export", {{"revision", revision}, {"into", folder}}, {},
             [](const Node&) { return false; });
}

Result<std::vector<TreeText>> Repository::files(const std::string& revision,
                                                const std::vector<std::string>& patterns) const {
  std::vector<TreeText> all;
  const auto done =
      ask(program_, directory_, "tree", {{"revision", revision}}, {{"patterns", patterns}}, [&](const Node& line) {
        const Node* list = line.find("file");
        if (list == nullptr) return false;
        all.push_back({item_of(*list, 0), item_of(*list, 1)});
        return true;
      });
  if (!done) return done.error();
  return all;
}

std::string_view to_string(Need need) noexcept { return need_names[static_cast<std::size_t>(need)]; }

Needs needs_of(const Change& change, const Settings& settings, const std::vector<std::string>& reverted,
               const AgentEdits& edits) {
  Needs needs;
  const std::set<std::string> assisted = assisted_files(change, settings, needs);
  for (const Hunk& hunk : change.hunks) {
    const ChangedFile& file = change.files[hunk.file];
    const bool is_risky = matches_one(settings.risky, file.path) || matches_one(settings.risky, file.old_path);
    Need need = need_of(file, hunk, settings, is_risky, reverted);
    // Whether something applies to it that the team chose.
    const auto is_asked_for = [&] {
      return settings.all || (settings.risky_paths && is_risky) || assisted.count(file.path) != 0 ||
             assisted.count(file.old_path) != 0 || (settings.edited && edits.wrote(file, hunk));
    };
    if (need == Need::needed && !is_asked_for()) need = Need::not_required;
    needs.of_hunk.push_back(need);
    needs.is_risky.push_back(is_risky);
  }
  for (const ChangedFile& file : change.files)
    if (file.status == 'R' && file.hunks == 0) ++needs.renamed;
  spare_small(change, settings, needs);
  for (std::size_t at = 0; at < change.hunks.size(); ++at)
    needs.lines[static_cast<std::size_t>(needs.of_hunk[at])] += change.hunks[at].lines();
  return needs;
}

std::string said_assistance(const RangeCommit& commit) {
  for (const std::string_view line : letters::lines(commit.message))
    if (is_said_by(line)) return std::string(letters::trim(line));
  const std::string author = commit.name + " <" + commit.mail + ">";
  return fits_any(letters::to_lower(author), lists::agents) ? "author " + author : std::string();
}

bool has_ai_note(const RangeCommit& commit) {
  // The note lists lines by prompt; without a prompt or a session it says that people wrote everything.
  const std::string& note = commit.ai_note;
  return !letters::trim(note).empty() && note.find("\"prompts\": {}") == std::string::npos &&
         note.find("\"prompts\":{}") == std::string::npos;
}

std::string reverted_by(const RangeCommit& commit) {
  constexpr std::string_view start = "This reverts commit ";
  for (const std::string_view line : letters::lines(commit.message)) {
    if (!line.starts_with(start)) continue;
    const auto id = letters::run_at_begin(line.substr(start.size()), [](char c) { return letters::hex_value(c) >= 0; });
    if (id.size() >= 7) return std::string(id);
  }
  return {};
}

// A line of a patch has its mark in front; it is kept both ways, because "+x" may also be a line itself.
void AgentEdits::add(const std::string& path, std::string_view text) {
  std::set<std::string>& lines = lines_[path];
  for (const std::string_view line : letters::lines(text)) {
    const std::string_view trimmed = letters::trim(line);
    if (trimmed.empty()) continue;
    lines.emplace(trimmed);
    if (trimmed.front() == '+' && !letters::trim(trimmed.substr(1)).empty())
      lines.emplace(letters::trim(trimmed.substr(1)));
  }
}

bool AgentEdits::wrote(const ChangedFile& file, const Hunk& hunk) const {
  auto written = lines_.find(file.path);
  if (written == lines_.end()) written = lines_.find(file.old_path);
  if (written == lines_.end()) return false;
  std::size_t known = 0, all = 0;
  for (const std::string& line : hunk.added) {
    const std::string_view trimmed = letters::trim(line);
    if (trimmed.empty()) continue;
    ++all;
    known += written->second.count(std::string(trimmed));
  }
  return known * 2 >= all;
}

std::string_view to_string(Risk risk) noexcept { return row_of(risk).name; }
std::string_view question_of(Risk risk) noexcept { return row_of(risk).question; }

Risk risk_of(const Change& change, const Hunk& hunk) {
  const std::vector<Words> removed = marked_lines(hunk.removed), added = marked_lines(hunk.added);
  if (!removed.empty() || !added.empty())
    for (const WordRow& row : risk_facts::words)
      if (row_fits(row, removed, added)) return row.risk;
  return fits_any(letters::to_lower(change.path_of(hunk)), lists::dependency_files) ? Risk::dependencies : Risk::none;
}

std::vector<Chosen> choose_questions(const Change& change, const std::vector<std::size_t>& among) {
  std::array<std::vector<Chosen>, 4> places;
  for (const std::size_t at : among) {
    const Place place = place_of(change, change.hunks[at]);
    const Risk risk = place == Place::prose ? Risk::none : risk_of(change, change.hunks[at]);
    places[static_cast<std::size_t>(place)].push_back({at, risk});
  }
  const auto key = [&](const Chosen& one) {
    const Hunk& hunk = change.hunks[one.hunk];
    return std::tuple(one.risk, ~hunk.lines(), std::string_view(change.path_of(hunk)), std::string_view(hunk.id));
  };
  std::vector<Chosen> chosen;
  for (std::vector<Chosen>& ranked : places) {
    std::ranges::sort(ranked, [&](const Chosen& a, const Chosen& b) { return key(a) < key(b); });
    choose_among(ranked, chosen.empty(), chosen);
  }
  if (chosen.size() > most_questions) chosen.resize(most_questions);
  return chosen;
}

}  // namespace cascade::comprehension
