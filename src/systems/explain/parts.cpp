#include "explain/parts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "explain/lists.h"
#include "explain/showing.h"
#include "hash/content_hash.h"
#include "syntax/lines.h"
#include "text/ascii.h"
#include "text/word_set.h"
#include "text/words.h"

namespace cascade::comprehension {
namespace {

constexpr std::uint32_t least_sentence = 6;   // words of a reviewer
constexpr std::size_t most_files_read = 200;  // for what stands around hunks

bool is_comment_line(std::string_view line) {
  line = letters::trim_left(line);
  return line.substr(0, 2) == "//" || line.substr(0, 1) == "#" || line.substr(0, 1) == "*" ||
         line.substr(0, 2) == "/*" || line.substr(0, 2) == "--" || line.substr(0, 3) == "\"\"\"";
}

void append(Runs& runs, std::string_view text) {
  const Runs more = runs_of(text);
  runs.insert(runs.end(), more.begin(), more.end());
}

std::uint32_t first_line(const Hunk& hunk) { return hunk.new_lines > 0 ? hunk.new_at : hunk.old_at; }

std::string place_of(const Change& change, const Hunk& hunk) {
  return change.path_of(hunk) + ':' + std::to_string(first_line(hunk));
}

// What the judging of one record works on.
struct Judging {
  const Change& change;
  const std::vector<std::size_t>& live;
  const Sources& sources;
  const Surroundings& around;
  RecordState& state;
  std::vector<Finding>& findings;
  std::vector<std::string_view> texts;  // of state.passages, in their order

  const Record& record() const { return state.record; }
  void add(std::string_view rule, Weight weight, std::uint32_t line, std::string message, std::string help) {
    findings.push_back(
        {rule, weight, record().path, record().path, line == 0 ? 1 : line, 1, std::move(message), std::move(help)});
  }
};

// An answer names its hunk by its id, or by a line of it: "src/a.cpp:12". Of the live ones; null: none of them.
const std::size_t* hunk_of(const Judging& at, const Answer& answer) {
  const std::string_view name = answer.hunk;
  const std::size_t colon = name.rfind(':');
  std::uint32_t line = 0;
  if (colon != std::string_view::npos) std::from_chars(name.data() + colon + 1, name.data() + name.size(), line);
  for (const std::size_t& live : at.live) {
    const Hunk& hunk = at.change.hunks[live];
    const bool is_in = line >= hunk.new_at && line < hunk.new_at + std::max(hunk.new_lines, 1U);
    if (hunk.id == name || (is_in && at.change.path_of(hunk) == name.substr(0, colon))) return &live;
  }
  return nullptr;
}

void take_passages(Judging& at) {
  const auto take = [&](const Passage& passage, std::string name) {
    PassageMeasure& one = at.state.passages.emplace_back();
    one.name = std::move(name);
    one.line = passage.line;
    one.words = count_words(passage.text);
    at.texts.emplace_back(passage.text);
  };
  for (std::size_t i = 0; i < part_count; ++i)
    take(at.record().parts[i], "\"" + std::string(heading_of(static_cast<Part>(i))) + "\"");
  for (const Answer& answer : at.record().answers)
    if (const std::size_t* hunk = hunk_of(at, answer))
      take(answer.passage, "the answer about " + place_of(at.change, at.change.hunks[*hunk]));
}

void see_hunk(const Change& change, const Hunk& hunk, Naming& naming) {
  naming.see(change.path_of(hunk));
  naming.see(change.files[hunk.file].old_path);
  for (const auto* side : {&hunk.removed, &hunk.added})
    for (const std::string& line : *side) naming.see(line);
}

// What stands around the hunks is read only if something names nothing of their own lines.
void see_surroundings(const Judging& at, Naming& naming) {
  std::vector<std::string> paths;
  for (const std::size_t live : at.live) {
    const std::string& path = at.change.path_of(at.change.hunks[live]);
    if ((paths.empty() || paths.back() != path) && paths.size() < most_files_read) paths.push_back(path);
  }
  for (const TreeText& file : at.around.texts(paths))
    for (const std::size_t live : at.live)
      if (const Hunk& hunk = at.change.hunks[live]; at.change.path_of(hunk) == file.path)
        for (const std::string_view line : surrounding_lines(file.text, hunk)) naming.see(line);
}

void count_names(Judging& at) {
  Naming naming(at.texts);
  for (const std::size_t live : at.live) see_hunk(at.change, at.change.hunks[live], naming);
  if (!naming.is_each_named() && at.around.texts) see_surroundings(at, naming);
  for (std::size_t i = 0; i < at.state.passages.size(); ++i) at.state.passages[i].named = naming.named(i);
}

bool names_a_command(const Judging& at, std::size_t passage) {
  if (static_cast<Part>(passage) == Part::verified && passage < part_count)
    return !at.state.verified.empty() || !code_spans(at.texts[passage]).empty();
  return !statements_in(at.texts[passage]).empty();
}

// One part that names nothing may be honest ("no risk that I know of"); two, or what the change does, fit any change.
// Nothing is said of names where a record was written about hunks as well that are not here any more.
void judge_parts(Judging& at) {
  std::vector<const PassageMeasure*> silent;
  for (std::size_t i = 0; i < at.state.passages.size(); ++i) {
    const PassageMeasure& passage = at.state.passages[i];
    if (passage.words == 0) {
      if (i < part_count)
        at.add("EX004", Weight::refused, passage.line, passage.name + " is empty", "say it in your own words");
    } else if (passage.named == 0 && at.state.stale == 0 && !names_a_command(at, i)) {
      silent.push_back(&passage);
    }
  }
  const bool fits_any = silent.size() > 1 ||
                        (!silent.empty() && silent.front() == &at.state.passages[static_cast<std::size_t>(Part::what)]);
  for (const PassageMeasure* passage : silent)
    at.add("EX004", fits_any ? Weight::refused : Weight::note, passage->line,
           passage->name + " names nothing of this change and would fit any other",
           "name the function, file, number or value that it is about");
}

void judge_answers(Judging& at) {
  for (const Question& question : at.record().questions) {
    const auto asked = std::find_if(at.live.begin(), at.live.end(),
                                    [&](std::size_t live) { return at.change.hunks[live].id == question.hunk; });
    if (asked == at.live.end()) continue;  // stale: it is not asked about any more
    const bool is_answered =
        std::any_of(at.record().answers.begin(), at.record().answers.end(), [&](const Answer& answer) {
          const std::size_t* hunk = hunk_of(at, answer);
          return hunk != nullptr && *hunk == *asked && count_words(answer.passage.text) > 0;
        });
    if (!is_answered)
      at.add("EX005", Weight::refused, question.line,
             "the question about " + place_of(at.change, at.change.hunks[*asked]) + " (" + question.risk +
                 ") has no answer",
             "answer it below the heading with its id");
  }
}

void compare_passage(Judging& at, std::size_t i, const Runs& runs, const Runs& sorted, const std::string& source) {
  PassageMeasure& passage = at.state.passages[i];
  const unsigned share = share_in(runs, sorted);
  if (share > passage.overlap) {
    passage.overlap = share;
    passage.overlaps = source;
  }
}

void judge_copies(Judging& at) {
  std::vector<Runs> before;
  for (std::size_t i = 0; i < at.texts.size(); ++i) {
    Runs runs = runs_of(at.texts[i]);
    compare_passage(at, i, runs, at.sources.messages, "the commit message");
    compare_passage(at, i, runs, at.sources.comments, "comments of the change");
    for (const auto& [path, of_record] : at.sources.records)
      if (path != at.record().path) compare_passage(at, i, runs, of_record, path);
    for (std::size_t k = 0; k < before.size(); ++k) compare_passage(at, i, runs, before[k], at.state.passages[k].name);
    const PassageMeasure& passage = at.state.passages[i];
    if (is_copy(runs, passage.overlap) && i != static_cast<std::size_t>(Part::verified))
      at.add("EX009", Weight::refused, passage.line,
             passage.name + " repeats " + passage.overlaps + " (" + std::to_string(passage.overlap) + " %)",
             "say what is not said there");
    sort_runs(runs);
    before.push_back(std::move(runs));
  }
}

void find_signals(Judging& at) {
  const Passage& passage = at.record().part(Part::fails);
  const std::vector<std::string> sought = sought_for(passage.text);
  at.state.signals =
      signals_in(passage.text, at.around.search && !sought.empty() ? at.around.search(sought) : std::vector<Sought>());
  for (Signal& signal : at.state.signals)
    for (const Showing& showing : at.state.showings)
      if (signal.place.empty() && showing.output.find(signal.text) != std::string::npos)
        signal.place = "`" + showing.statement.command + "` without the hunk";
  const bool has_one = std::any_of(at.state.signals.begin(), at.state.signals.end(),
                                   [](const Signal& signal) { return !signal.place.empty(); });
  if (!has_one && count_words(passage.text) > 0)
    at.add("EX007", Weight::note, passage.line,
           at.state.signals.empty() ? "no text is named that would show a failure"
                                    : "`" + at.state.signals.front().text + "` is neither in the tree nor in a run",
           "name the test, the text of a log or an error, or the metric in backticks");
}

// The spans and the lines of the part, as commands.
void find_verified(Judging& at) {
  const Passage& passage = at.record().part(Part::verified);
  if (count_words(passage.text) == 0) return;  // said already
  std::vector<std::string> commands = quoted_in(passage.text);
  for (std::string_view rest = passage.text; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    commands.emplace_back(line);
  }
  std::string failed;
  for (const std::string& line : commands) {
    const RanCommand* run = find_run(command_words(line), at.around.ran);
    if (run == nullptr) continue;
    const std::string known = "`" + std::string(letters::trim(line)) + "` (" + run->source + ")";
    if (run->exit_code == 0 && at.state.verified.empty()) at.state.verified = known;
    if (run->exit_code != 0) failed = known + " ended with status " + std::to_string(run->exit_code);
  }
  for (const Showing& showing : at.state.showings)
    if (at.state.verified.empty() && showing.outcome == Shown::shown)
      at.state.verified = "`" + showing.statement.command + "` (run)";
  if (at.state.verified.empty())
    at.add("EX008", Weight::note, passage.line,
           failed.empty() ? "no command is named that evidence, CI or a run knows to have ended with 0" : failed,
           "name one in backticks that CI runs, or hand over how it ended with --ran FILE");
}

void show_statements(Judging& at) {
  for (const Answer& answer : at.record().answers) {
    const std::size_t* hunk = hunk_of(at, answer);
    if (hunk == nullptr) continue;
    for (Statement& statement : statements_in(answer.passage.text)) {
      Showing showing;
      showing.statement = std::move(statement);
      showing.hunk = *hunk;
      showing.id = at.change.hunks[*hunk].id;
      showing.path = at.change.path_of(at.change.hunks[*hunk]);
      showing.at = first_line(at.change.hunks[*hunk]);
      showing.line = answer.passage.line;
      if (at.around.show) at.around.show(showing);
      at.state.showings.push_back(std::move(showing));
    }
  }
}

void judge_showings(Judging& at, bool required) {
  for (const Showing& showing : at.state.showings) {
    if (showing.outcome == Shown::shown) continue;
    const bool is_open = showing.outcome == Shown::not_run || (showing.outcome == Shown::could_not_run && !required);
    std::string ended;
    if (showing.outcome != Shown::not_run)
      ended = " (status " + std::to_string(showing.exit_without) + " without, " + std::to_string(showing.exit_with) +
              " with)" + (showing.why.empty() ? "" : ": " + showing.why);
    at.add("EX015", is_open ? Weight::note : Weight::refused, showing.line,
           place_of(at.change, at.change.hunks[showing.hunk]) + ": `" + showing.statement.command +
               "`: " + std::string(to_string(showing.outcome)) + ended,
           showing.outcome == Shown::not_run ? "cascade explain check --run"
                                             : "name a command that fails without these lines and passes with them");
  }
  if (!required) return;
  for (const Question& question : at.record().questions)
    for (const std::size_t live : at.live)
      if (at.change.hunks[live].id == question.hunk &&
          std::none_of(at.state.showings.begin(), at.state.showings.end(),
                       [&](const Showing& showing) { return showing.hunk == live; }))
        at.add("EX015", Weight::refused, question.line,
               "no command is named that fails without " + place_of(at.change, at.change.hunks[live]),
               "in its answer: Without this hunk `COMMAND` fails with `TEXT`.");
}

}  // namespace

Sources sources_of(const Change& change, const std::vector<TreeText>& records) {
  Sources sources;
  for (const RangeCommit& commit : change.commits) append(sources.messages, commit.message);
  for (const Hunk& hunk : change.hunks) {
    if (is_record_path(change.path_of(hunk))) continue;
    std::string comments;
    for (const std::string& line : hunk.added)
      if (is_comment_line(line)) comments += line + '\n';
    if (!comments.empty()) append(sources.comments, comments);
  }
  sort_runs(sources.messages);
  sort_runs(sources.comments);
  for (const TreeText& file : records) {
    const Record record = parse_record(file.text, file.path);
    Runs runs;
    for (const Passage& passage : record.parts) append(runs, passage.text);
    for (const Answer& answer : record.answers) append(runs, answer.passage.text);
    sort_runs(runs);
    sources.records.emplace_back(file.path, std::move(runs));
  }
  return sources;
}

void judge_texts(const Change& change, const std::vector<std::size_t>& live, const Sources& sources,
                 const Surroundings& around, bool shown, RecordState& state, std::vector<Finding>& findings) {
  Judging at{change, live, sources, around, state, findings, {}};
  take_passages(at);
  count_names(at);
  show_statements(at);
  find_verified(at);
  judge_parts(at);
  judge_answers(at);
  judge_copies(at);
  judge_showings(at, shown);
  find_signals(at);
}

std::string fault_of_sentence(std::string_view sentence, const Record& record, const Change& change) {
  if (count_words(sentence) < least_sentence) return "it has fewer than " + std::to_string(least_sentence) + " words";
  Naming naming({sentence});
  for (const Hunk& hunk : change.hunks)
    for (const BoundHunk& bound : record.hunks)
      if (bound.id == hunk.id) see_hunk(change, hunk, naming);
  if (naming.named(0) == 0) return "it names nothing of these lines";
  Runs messages;
  for (const RangeCommit& commit : change.commits) append(messages, commit.message);
  sort_runs(messages);
  const Runs runs = runs_of(sentence);
  return is_copy(runs, share_in(runs, messages)) ? "it repeats the commit message" : "";
}

namespace {

constexpr std::size_t run_words = 3, short_runs = 6;
constexpr unsigned most_shared = 60;  // per cent

std::string without_code(std::string_view text) {
  std::string plain;
  bool in_code = false;
  for (const char c : text) {
    if (c == '`') in_code = !in_code;
    plain += in_code || c == '`' ? ' ' : c;
  }
  return plain;
}

}  // namespace

Runs runs_of(std::string_view text) {
  const std::string plain = without_code(text);
  Runs runs;
  std::array<std::uint64_t, run_words> last{};
  std::size_t words = 0;
  for (letters::WordCursor cursor(plain); cursor.next();) {
    std::rotate(last.begin(), last.begin() + 1, last.end());
    last.back() = hash::hash64(letters::to_lower(cursor.word()));
    if (++words >= run_words) runs.push_back(hash::hash64({reinterpret_cast<const char*>(last.data()), sizeof last}));
  }
  return runs;
}

void sort_runs(Runs& runs) {
  std::sort(runs.begin(), runs.end());
  runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
}

unsigned share_in(const Runs& runs, const Runs& sorted) {
  if (runs.size() < 2 || sorted.empty()) return 0;
  const auto found = std::count_if(runs.begin(), runs.end(), [&](std::uint64_t run) {
    return std::binary_search(sorted.begin(), sorted.end(), run);
  });
  return static_cast<unsigned>(static_cast<std::size_t>(found) * 100 / runs.size());
}

bool is_copy(const Runs& runs, unsigned share) { return runs.size() < short_runs ? share == 100 : share > most_shared; }

// The words of the few texts are kept, and the many lines of the change only looked up among them. Compared is a plain
// form: lower case, without the endings of English plurals and verbs, so that "retries" names `retry`.
namespace {

constexpr std::size_t shortest_name = 2, shortest_stem = 3;
constexpr std::string_view endings[] = {"ing", "es", "ed", "er", "s", "e", "y", "i"};
constexpr std::string_view signs = "<>=!&|+*^%?~";

bool is_name_byte(char c) { return letters::is_word(c) || static_cast<unsigned char>(c) >= 0x80; }

std::string plain_form(std::string_view word) {
  std::string plain = letters::to_lower(word);
  if (letters::is_digit(plain.front())) return plain;
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view ending : endings)
      if (plain.size() >= ending.size() + shortest_stem && plain.ends_with(ending)) {
        plain.resize(plain.size() - ending.size());
        again = true;
        break;
      }
  }
  return plain;
}

enum class Class : std::uint8_t { digit, lower, upper, joint };
Class class_of(char c) {
  if (letters::is_digit(c)) return Class::digit;
  if (c == '_') return Class::joint;
  return letters::is_upper(c) ? Class::upper : Class::lower;
}

// "maxRetries_2" is "maxRetries_2", "max", "Retries" and "2".
template <typename Take>
void each_name_in(std::string_view run, const Take& take) {
  std::size_t begin = 0, parts = 0;
  for (std::size_t at = 1; at <= run.size(); ++at) {
    const Class before = class_of(run[at - 1]), here = at < run.size() ? class_of(run[at]) : Class::joint;
    if (at < run.size() && (here == before || (before == Class::upper && here == Class::lower))) continue;
    if (before != Class::joint) {
      const std::string_view part = run.substr(begin, at - begin);
      ++parts;
      if (part.size() >= shortest_name || before == Class::digit) take(part);
    }
    begin = at;
  }
  if (parts > 1) take(run);
}

template <typename Take>
void each_name(std::string_view text, const Take& take) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    if (is_name_byte(text[at])) {
      while (end < text.size() && is_name_byte(text[end])) ++end;
      each_name_in(text.substr(at, end - at), take);
    } else {
      while (end < text.size() && signs.find(text[end]) != std::string_view::npos) ++end;
      if (end - at >= shortest_name) take(text.substr(at, end - at));
    }
    at = std::max(end, at + 1);
  }
}

}  // namespace

Naming::Naming(const std::vector<std::string_view>& texts) : named_(texts.size()) {
  for (std::size_t i = 0; i < texts.size(); ++i)
    each_name(texts[i], [&](std::string_view name) {
      if (letters::is_one_of_lower(name, lists::function_words) || letters::is_one_of_lower(name, lists::keywords))
        return;
      std::vector<std::size_t>& of = words_[hash::hash64(plain_form(name))].texts;
      if (of.empty() || of.back() != i) of.push_back(i);
    });
}

void Naming::see(std::string_view line) {
  if (words_.empty()) return;
  each_name(line, [&](std::string_view name) {
    const auto found = words_.find(hash::hash64(plain_form(name)));
    if (found == words_.end() || found->second.is_seen) return;
    found->second.is_seen = true;
    for (const std::size_t text : found->second.texts) ++named_[text];
  });
}

bool Naming::is_each_named() const noexcept {
  return std::all_of(named_.begin(), named_.end(), [](std::uint32_t count) { return count > 0; });
}

namespace {

constexpr std::uint32_t shown_context = 3;

std::size_t indentation(std::string_view line) { return line.find_first_not_of(" \t"); }

// Braces and labels begin no block that has a name.
bool may_begin_block(std::string_view line) {
  const std::string_view text = letters::trim(line);
  return !text.empty() && (letters::is_word(text.front()) || text.front() == '.' || text.front() == '$' ||
                           text.front() == '[' || text.front() == '<' || text.front() == '*');
}

}  // namespace

std::vector<std::string_view> surrounding_lines(std::string_view text, const Hunk& hunk) {
  const syntax::LineIndex index(text);
  const std::uint32_t last = index.lines(), begin = std::min(hunk.new_at, last), end = begin + hunk.new_lines;
  std::vector<std::string_view> lines;
  for (std::uint32_t at = begin > shown_context ? begin - shown_context : 1; at <= std::min(end + shown_context, last);
       ++at)
    if (at < hunk.new_at || at >= end) lines.push_back(index.line(at));
  // Outwards, from the least indented of the hunk's lines and its neighbours: each line further left opens what
  // follows.
  std::size_t left = std::string_view::npos;
  for (std::uint32_t at = std::max(begin, 1U); at <= std::min(std::max(end, begin + 1), last); ++at)
    left = std::min(left, indentation(index.line(at)));
  if (left == 0) left = 1;  // the nearest line at the margin names what a flat file has there
  for (std::uint32_t at = begin; at > 1 && left > 0;) {
    const std::string_view line = index.line(--at);
    if (indentation(line) >= left || !may_begin_block(line)) continue;
    left = indentation(line);
    lines.push_back(line);
  }
  return lines;
}

}  // namespace cascade::comprehension
