#include "explain/explain_range.h"

#include <chrono>

#include "cli/console.h"
#include "cli/system.h"
#include "cli/verb_allow.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/tree.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

namespace cascade::cli {

namespace {

using comprehension::AskedHunk, comprehension::BoundHunk, comprehension::Hunk, comprehension::Record,
    comprehension::Skeleton;

constexpr std::size_t longest_id = 48, most_shown = 4;
constexpr std::uint64_t largest_record = 1 << 20;

std::string slug_of(std::string_view text) {
  std::string slug;
  for (const char c : text.substr(0, text.find('\n'))) {
    if (letters::is_letter_or_digit(c))
      slug += letters::to_lower(c);
    else if (!slug.empty() && slug.back() != '-')
      slug += '-';
    if (slug.size() >= longest_id) break;
  }
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  return slug.empty() ? "change" : slug;
}

bool is_record_id(std::string_view id) {
  return !id.empty() && id.size() <= 100 && id.front() != '.' && id.front() != '-' &&
         std::ranges::all_of(id, [](char c) { return letters::is_name(c) || c == '.'; });
}

BoundHunk bound(const comprehension::Change& change, const Hunk& hunk) {
  return {hunk.id, change.path_of(hunk), hunk.new_at, hunk.new_lines, hunk.old_at, hunk.old_lines, 0};
}

AskedHunk asked(const comprehension::Change& change, const comprehension::Chosen& chosen) {
  const Hunk& hunk = change.hunks[chosen.hunk];
  AskedHunk one{
      bound(change, hunk), std::string(to_string(chosen.risk)), std::string(question_of(chosen.risk)), {}, {}};
  for (const std::string& line : hunk.removed)
    if (one.shown.size() < most_shown) one.shown.push_back('-' + line);
  for (const std::string& line : hunk.added)
    if (one.shown.size() < 2 * most_shown) one.shown.push_back('+' + line);
  return one;
}

// One hunk more than the record has may be asked about already.
Skeleton skeleton_of(const CheckedRange& checked, const Record* into) {
  Skeleton skeleton;
  const comprehension::Change& change = checked.change;
  std::vector<std::size_t> among = checked.report.uncovered;
  for (const std::size_t at : among) skeleton.hunks.push_back(bound(change, change.hunks[at]));
  std::set<std::string> known, questions;
  if (into != nullptr) {
    for (const BoundHunk& hunk : into->hunks) known.insert(hunk.id);
    for (std::size_t at = 0; at < change.hunks.size(); ++at)
      if (known.count(change.hunks[at].id) != 0) among.push_back(at);
    for (const comprehension::Question& question : into->questions) questions.insert(question.hunk);
  }
  for (const comprehension::Chosen& chosen : comprehension::choose_questions(change, among))
    if (questions.count(change.hunks[chosen.hunk].id) == 0) skeleton.asked.push_back(asked(change, chosen));
  skeleton.assisted = checked.report.assisted.empty() ? "no" : checked.report.assisted;
  return skeleton;
}

std::string author_of(const CheckedRange& checked) {
  if (checked.change.commits.empty()) return "unknown";
  const auto& commit = checked.change.commits.front();
  return commit.name + " <" + commit.mail + ">";
}

// The range with its records, those that are not committed yet as well.
Result<CheckedRange> checked_with_disk(const Call& call, const std::string& range) {
  auto question = range_question(range, ".");
  if (!question) return question.error();
  question->from_disk = true;
  return check_range(call.environment(), *question);
}

const comprehension::RecordState* state_named(const CheckedRange& checked, const std::string& id) {
  for (const auto& state : checked.report.records)
    if (state.record.id == id || files::file_name(state.record.path) == id + ".md") return &state;
  return nullptr;
}

// The hunks that a record binds and the range has no more.
std::vector<std::string> gone_hunks(const CheckedRange& checked, const Record& record) {
  std::vector<std::string> gone;
  for (const BoundHunk& hunk : record.hunks)
    if (std::ranges::none_of(checked.change.hunks, [&](const Hunk& one) { return one.id == hunk.id; }))
      gone.push_back(hunk.id);
  return gone;
}

Result<void> write_record(const std::string& top, const std::string& path, const std::string& text) {
  const auto place = records_place(top);
  if (!place) return place.error();
  const std::string whole = files::join(*place, std::string(files::file_name(path)));
  if (auto made = files::make_directories(std::string(files::parent(whole)), 0755); !made) return made;
  return files::write_atomically(whole, text);
}

Exit extend(Call& call, const CheckedRange& checked, const std::string& id) {
  const comprehension::RecordState* const state = state_named(checked, id);
  const Record* record = state == nullptr ? nullptr : &state->record;
  if (record == nullptr)
    return call.console().fail(
        {ErrorCode::not_found, "the range has no record '" + id + "'", "", "cascade explain list shows them"});
  const auto text = files::DiskTree().read_below(checked.change.top, record->path, largest_record);
  if (!text) return call.console().fail(text.error());
  const std::string more = comprehension::extended(*text, skeleton_of(checked, record), gone_hunks(checked, *record));
  if (auto written = write_record(checked.change.top, record->path, more); !written)
    return call.console().fail(written.error());
  call.console().print(record->path + "\n");
  return Exit::yes;
}

// What is refused is let through as it is: its record stays, and says why.
Exit waive(Call& call, const CheckedRange& checked, const std::string& reason) {
  for (const comprehension::RecordState& state : checked.report.records) {
    if (!state.refused || state.live == 0) continue;
    const auto text = files::DiskTree().read_below(checked.change.top, state.record.path, largest_record);
    if (!text) return call.console().fail(text.error());
    const std::string waived = comprehension::with_waiver(*text, reason);
    if (auto written = write_record(checked.change.top, state.record.path, waived); !written)
      return call.console().fail(written.error());
    call.console().print(state.record.path + "\n");
  }
  return Exit::yes;
}

// Of a range whose lines all have a record.
Exit say_all_is_bound(Call& call, const CheckedRange& checked, const ExplainOptions& options) {
  const comprehension::Report& report = checked.report;
  if (report.in_refused > 0 && !options.waive.empty()) return waive(call, checked, options.waive);
  call.console().note(
      report.needed == 0 ? "nothing here needs an explanation"
      : report.in_refused == 0
          ? "all lines that need an explanation have one"
          : "all lines that need an explanation have a record, and one is refused: cascade explain check" +
                (options.range.empty() ? "" : " " + options.range));
  return Exit::yes;
}

std::string free_id(const CheckedRange& checked, const std::string& wanted) {
  const files::DiskTree disk;
  std::string id = wanted;
  for (int number = 2; disk.stat(files::join(checked.change.top, comprehension::record_path(id))); ++number)
    id = wanted + '-' + std::to_string(number);
  return id;
}

void show_hunks(Call& call, const CheckedRange& checked, const Record& record) {
  for (const Hunk& hunk : checked.change.hunks) {
    if (std::ranges::none_of(record.hunks, [&](const BoundHunk& one) { return one.id == hunk.id; })) continue;
    call.console().print("@@ " + unicode::displayable(checked.change.path_of(hunk)) + ':' + std::to_string(hunk.at()) +
                         '\n');
    for (const std::string& line : hunk.removed) call.console().print("- " + unicode::displayable(line) + '\n');
    for (const std::string& line : hunk.added) call.console().print("+ " + unicode::displayable(line) + '\n');
  }
}

void show_measures(Call& call, const comprehension::RecordState& state) {
  call.console().print("\nwhat was counted in it\n\n");
  for (const comprehension::PassageMeasure& passage : state.passages)
    call.console().print("  " + unicode::displayable(passage.name) + ": " + std::to_string(passage.words) + " words" +
                         (passage.overlap == 0 ? ""
                                               : ", shares " + std::to_string(passage.overlap) + " % with " +
                                                     unicode::displayable(passage.overlaps)) +
                         "\n");
  for (const comprehension::Showing& showing : state.showings)
    call.console().print("  " + unicode::displayable(showing.path) + ':' + std::to_string(showing.at) + ": `" +
                         unicode::displayable(showing.statement.command) + "` " +
                         std::string(to_string(showing.outcome)) + "\n");
}

void show_author(Call& call, const Record& record) {
  call.console().print("\nwhat " + unicode::displayable(record.by) + " wrote\n");
  for (std::size_t i = 0; i < comprehension::part_count; ++i)
    call.console().print("\n" + std::string(heading_of(static_cast<comprehension::Part>(i))) + "\n\n" +
                         unicode::displayable(letters::trim(record.parts[i].text), true) + "\n");
  for (const comprehension::Answer& answer : record.answers)
    call.console().print("\n" + answer.hunk + "\n\n" + unicode::displayable(letters::trim(answer.passage.text), true) +
                         "\n");
}

const comprehension::RecordState* record_to_review(const CheckedRange& checked, const std::string& id) {
  if (!id.empty()) return state_named(checked, id);
  for (const auto& state : checked.report.records)
    if (state.record.waived.empty() && state.record.reviews.empty() && state.live > 0) return &state;
  return nullptr;
}

constexpr std::size_t longest_line = 2'000, most_lines = 100;
constexpr std::array<std::string_view, comprehension::part_count> questions = {
    "What does this change do?", "How does it fail, and what text or test would show that?",
    "Why this way and not another?", "What did you run to see that it works?"};

// A line of standard input, read byte by byte so that a person need not close it; at most `longest` bytes. Nothing: it
// has ended.
std::optional<std::string> typed_line(std::size_t longest) {
  std::string line;
  char c = 0;
  std::ptrdiff_t got = 0;
  end_ticking();
  while (line.size() < longest && (got = read_some(&c, 1)) == 1 && c != '\n') line += c;
  return got != 1 && line.empty() ? std::nullopt : std::optional(line);
}

// Lines up to an empty one. What would read as a heading is set in by a blank.
std::string typed_text() {
  std::string text;
  for (std::size_t lines = 0; lines < most_lines; ++lines) {
    const auto line = typed_line(longest_line);
    if (!line || letters::trim(*line).empty()) break;
    text += (line->front() == '#' || line->front() == '>' ? " " : "") + *line + '\n';
  }
  return text;
}

bool put(Call& call, const std::string& text) {
  call.console().print(text);
  return call.console().flush();
}

// A span of code that may hold backticks, as Markdown has it.
std::string span_of(const std::string& text) {
  return text.find('`') == std::string::npos ? "`" + text + "`" : "`` " + text + " ``";
}

bool ask_about(Call& call, AskedHunk& asked) {
  std::string shown =
      "\n" + unicode::displayable(asked.hunk.path) + ':' + std::to_string(asked.hunk.new_at) + "  " + asked.risk + '\n';
  for (const std::string& line : asked.shown) shown += "  " + unicode::displayable(line) + '\n';
  if (!put(call, shown + asked.question + " (an empty line ends the answer)\n")) return false;
  asked.answer = typed_text();
  if (!put(call, "Which command fails without these lines? (empty: none)\n")) return false;
  const std::string command(letters::trim(typed_line(longest_line).value_or("")));
  if (command.empty()) return true;
  if (!put(call, "What does it then print? (empty: only that it fails)\n")) return false;
  const std::string text(letters::trim(typed_line(longest_line).value_or("")));
  asked.answer += (asked.answer.empty() ? "" : "\n") + std::string("Without this hunk ") + span_of(command) + " fails" +
                  (text.empty() ? "" : " with " + span_of(text)) + ".\n";
  return true;
}

// Fills in the parts and answers of a new record with what is typed. An answer ends with an empty line; what is left
// empty is still to be written in the file. False: standard output is gone.
bool ask_author(Call& call, Skeleton& skeleton) {
  for (std::size_t i = 0; i < comprehension::part_count; ++i) {
    if (!put(call, std::string(questions[i]) + (i == 0 ? " (an empty line ends the answer)" : "") + '\n')) return false;
    skeleton.parts[i] = typed_text();
  }
  return std::ranges::all_of(skeleton.asked, [&](AskedHunk& asked) { return ask_about(call, asked); });
}

}  // namespace

Exit write_explanation(Call& call, const ExplainOptions& options) {
  const auto checked = checked_with_disk(call, options.range);
  if (!checked) return call.console().fail(checked.error());
  if (checked->change.top.empty())
    return call.console().fail({ErrorCode::unsupported, "a bare repository has no place for a file", "", "clone it"});
  if (checked->report.uncovered.empty()) return say_all_is_bound(call, *checked, options);
  if (!options.into.empty()) return extend(call, *checked, options.into);
  if (!options.id.empty() && !is_record_id(options.id))
    return call.console().fail(
        misuse("'" + options.id + "' cannot be the name of a file", "letters, digits, - _ and ."));
  Skeleton skeleton = skeleton_of(*checked, nullptr);
  const std::string subject = checked->change.commits.empty() ? "" : checked->change.commits.front().message;
  skeleton.id = free_id(*checked, options.id.empty() ? slug_of(subject) : options.id);
  skeleton.by = options.by.empty() ? author_of(*checked) : options.by;
  skeleton.waived = options.waive;
  const bool asks =
      skeleton.waived.empty() && (options.ask || (is_on_terminal() && !is_run_by_client(call.environment())));
  if (asks && !ask_author(call, skeleton)) return Exit::failed;
  const std::string path = comprehension::record_path(skeleton.id);
  if (auto written = write_record(checked->change.top, path, write_skeleton(skeleton)); !written)
    return call.console().fail(written.error());
  call.console().print(path + "\n");
  for (const AskedHunk& one : skeleton.waived.empty() ? skeleton.asked : std::vector<AskedHunk>())
    call.console().print("  " + unicode::displayable(one.hunk.path) + ':' +
                         std::to_string(one.hunk.new_lines > 0 ? one.hunk.new_at : one.hunk.old_at) + "  " + one.risk +
                         "\n");
  if (skeleton.waived.empty())
    call.console().note(std::string(asks ? "" : "fill it in, ") + "then: cascade explain check --run" +
                        (options.range.empty() ? "" : " " + options.range));
  return Exit::yes;
}

Exit review_explanation(Call& call, const ExplainOptions& options) {
  const std::string& by = options.by;
  const auto checked = checked_with_disk(call, options.range);
  if (!checked) return call.console().fail(checked.error());
  const comprehension::RecordState* const state = record_to_review(*checked, options.id);
  const Record* record = state == nullptr ? nullptr : &state->record;
  if (record == nullptr)
    return call.console().fail(
        {ErrorCode::not_found, "there is no record to review in this range", "", "cascade explain list shows them"});
  if (by.empty()) return call.console().fail(misuse("who reviews?", "--by 'Bob Example'"));
  if (comprehension::is_same_person(record->by, by))
    return call.console().fail(misuse("'" + by + "' wrote it, and another must review it"));
  show_hunks(call, *checked, *record);
  call.console().print("\nIn one sentence of your own: what do these lines do?\n");
  if (!call.console().flush()) return Exit::failed;
  const auto begin = std::chrono::steady_clock::now();
  constexpr std::size_t longest = 2'000;
  const std::string sentence(letters::trim(typed_line(longest).value_or("")));
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - begin).count();
  const std::string fault = comprehension::fault_of_sentence(sentence, checked->change);
  if (!fault.empty()) {
    call.console().complain("this is no review yet: " + fault + "; what the author wrote is not shown");
    return Exit::no;
  }
  const auto text = files::DiskTree().read_below(checked->change.top, record->path, largest_record);
  if (!text) return call.console().fail(text.error());
  const comprehension::Review review{by, sentence, static_cast<std::uint32_t>(seconds), 0};
  if (auto written = write_record(checked->change.top, record->path, comprehension::with_review(*text, review));
      !written)
    return call.console().fail(written.error());
  show_author(call, *record);
  show_measures(call, *state);
  return Exit::yes;
}

}  // namespace cascade::cli
