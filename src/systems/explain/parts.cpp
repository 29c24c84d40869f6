#include "explain/check.h"

#include <charconv>

#include "explain/broken_builds.h"
#include "hash/content_hash.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "text/names.h"

namespace cascade::comprehension {
namespace {

constexpr std::uint32_t least_sentence = 6;  // words of a reviewer

void append(Runs& runs, std::string_view text) {
  const Runs more = runs_of(text);
  runs.insert(runs.end(), more.begin(), more.end());
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
const std::size_t* hunk_of(const Judging& at, const Answer& answer, const std::vector<std::size_t>& among) {
  const std::string_view name = answer.hunk;
  const std::size_t colon = name.rfind(':');
  std::uint32_t line = 0;
  if (colon != std::string_view::npos) std::from_chars(name.data() + colon + 1, name.data() + name.size(), line);
  for (const std::size_t& live : among) {
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
    if (const std::size_t* hunk = hunk_of(at, answer, at.live))
      take(answer.passage, "the answer about " + at.change.place_of(at.change.hunks[*hunk]));
}

void judge_answers(Judging& at) {
  for (const Question& question : at.record().questions) {
    const auto asked =
        std::ranges::find_if(at.live, [&](std::size_t live) { return at.change.hunks[live].id == question.hunk; });
    if (asked == at.live.end()) continue;  // stale: it is not asked about any more
    const bool is_answered = std::ranges::any_of(at.record().answers, [&](const Answer& answer) {
      const std::size_t* hunk = hunk_of(at, answer, at.live);
      return hunk != nullptr && *hunk == *asked && count_words(answer.passage.text) > 0;
    });
    if (!is_answered)
      at.add("EX005", Weight::refused, question.line,
             "the question about " + at.change.place_of(at.change.hunks[*asked]) + " (" + question.risk +
                 ") has no answer",
             "answer it below the heading with its id");
  }
}

// The words of a text, in lower case, one blank between two.
std::string words_alone(std::string_view text) {
  std::string words;
  for (letters::WordCursor cursor(text); cursor.next();) words += letters::to_lower(cursor.word()) + ' ';
  return words;
}

// Equal answers fit any question. Of few words runs say nothing, so these are compared whole.
void judge_equals(Judging& at) {
  std::vector<std::string> before;
  for (std::size_t i = 0; i < at.texts.size(); ++i) {
    std::string words = words_alone(at.texts[i]);
    const auto same = std::ranges::find(before, words);
    const PassageMeasure& passage = at.state.passages[i];
    const bool is_run = !statements_in(at.texts[i]).empty() || i == static_cast<std::size_t>(Part::verified);
    if (same != before.end() && !words.empty() && !is_run && !is_copy(runs_of(at.texts[i]), passage.overlap))
      at.add("EX009", Weight::refused, passage.line,
             passage.name + " is " + at.state.passages[static_cast<std::size_t>(same - before.begin())].name + " again",
             "say what is not said there");
    before.push_back(std::move(words));
  }
}

void judge_copies(Judging& at) {
  std::vector<Runs> before;
  for (std::size_t i = 0; i < at.texts.size(); ++i) {
    PassageMeasure& passage = at.state.passages[i];
    Runs runs = runs_of(at.texts[i]);
    const auto compare_with = [&](const Runs& sorted, const std::string& source) {
      const unsigned share = share_in(runs, sorted);
      if (share <= passage.overlap) return;
      passage.overlap = share;
      passage.overlaps = source;
    };
    compare_with(at.sources.messages, "the commit message");
    compare_with(at.sources.lines, "lines of the change");
    for (const auto& [path, of_record] : at.sources.records)
      if (path != at.record().path) compare_with(of_record, path);
    for (std::size_t k = 0; k < before.size(); ++k) compare_with(before[k], at.state.passages[k].name);
    if (is_copy(runs, passage.overlap) && i != static_cast<std::size_t>(Part::verified))
      at.add("EX009", Weight::refused, passage.line,
             passage.name + " repeats " + passage.overlaps + " (" + std::to_string(passage.overlap) + " %)",
             "say what is not said there");
    letters::sort_once(runs);
    before.push_back(std::move(runs));
  }
}

// What was said of a hunk that has changed since is asked again (EX002); of one that is nowhere nothing can be run.
void refuse_statements_of_nothing(Judging& at, const Answer& answer) {
  const auto& bound = at.record().hunks;
  const bool is_stale =
      at.state.stale > 0 && (answer.hunk.find(':') != std::string::npos ||
                             std::ranges::any_of(bound, [&](const BoundHunk& one) { return one.id == answer.hunk; }));
  if (is_stale || statements_in(answer.passage.text).empty()) return;
  at.add("EX015", Weight::refused, answer.passage.line,
         "the statement below \"" + answer.hunk + "\" is about no hunk of this range",
         "name a changed line, as src/a.c:12");
}

void show_statements(Judging& at) {
  std::vector<std::size_t> all(at.change.hunks.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  for (const Answer& answer : at.record().answers) {
    const std::size_t* hunk = hunk_of(at, answer, at.live);
    if (hunk == nullptr) hunk = hunk_of(at, answer, all);  // one that needs no explanation, as of white space
    if (hunk == nullptr) {
      refuse_statements_of_nothing(at, answer);
      continue;
    }
    for (Statement& statement : statements_in(answer.passage.text)) {
      Showing showing;
      showing.statement = std::move(statement);
      showing.hunk = *hunk;
      showing.id = at.change.hunks[*hunk].id;
      showing.path = at.change.path_of(at.change.hunks[*hunk]);
      showing.at = at.change.hunks[*hunk].at();
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
           at.change.place_of(at.change.hunks[showing.hunk]) + ": `" + showing.statement.command +
               "`: " + std::string(to_string(showing.outcome)) + ended,
           showing.outcome == Shown::not_run ? "cascade explain check --run"
                                             : "name a command that fails without these lines and passes with them");
  }
  if (!required) return;
  for (const Question& question : at.record().questions)
    for (const std::size_t live : at.live)
      if (at.change.hunks[live].id == question.hunk &&
          std::ranges::none_of(at.state.showings, [&](const Showing& showing) { return showing.hunk == live; }))
        at.add("EX015", Weight::refused, question.line,
               "no command is named that fails without " + at.change.place_of(at.change.hunks[live]),
               "in its answer: Without this hunk `COMMAND` fails with `TEXT`.");
}

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

struct ShownRow {
  std::string_view key, text;
};
constexpr std::array<ShownRow, shown_count> shown_rows = {{{"not_run", "not run"},
                                                           {"shown", "fails without, passes with"},
                                                           {"no_difference", "no difference: passes without it, too"},
                                                           {"fails_with", "no difference: fails with it, too"},
                                                           {"passes_without", "passes without, fails with"},
                                                           {"other_text", "fails without, but says something else"},
                                                           {"does_not_build", "does not build without it"},
                                                           {"could_not_run", "could not run here"},
                                                           {"unsteady", "does not end alike each time"}}};

constexpr int not_executable = 126, no_such_program = 127;  // as shells answer
constexpr std::size_t longest_matched = 1'000;              // bytes of a line

bool begins_with_fails(std::string_view text) {
  text = text.substr(std::min(text.find_first_not_of(" \n,"), text.size()));
  return letters::equals_folded(text.substr(0, 4), "fail");
}

// The first span or quotation of the same sentence.
std::string said_in(std::string_view text) {
  const std::size_t mark = text.find_first_of("`\"");
  if (mark == std::string_view::npos || text.substr(0, mark).find('.') != std::string_view::npos) return {};
  const auto said = text[mark] == '`' ? code_spans(text.substr(mark)) : std::vector<MarkedSpan>();
  if (!said.empty()) return said.front().text;
  const std::size_t end = text.find(text[mark], mark + 1);
  return end == std::string_view::npos ? std::string() : std::string(text.substr(mark + 1, end - mark - 1));
}

std::set<std::string_view> lines_of(std::string_view text) {
  std::set<std::string_view> lines;
  for (const std::string_view line : letters::lines(text)) lines.insert(letters::trim(line).substr(0, longest_matched));
  return lines;
}

template <typename Patterns>
bool has_line(const std::set<std::string_view>& lines, const Patterns& patterns,
              const std::set<std::string_view>& but = {}) {
  return std::ranges::any_of(lines,
                             [&](std::string_view line) { return but.count(line) == 0 && fits_any(line, patterns); });
}

bool is_build_broken(const Ran& without, const Ran& with) {
  const auto lines = lines_of(without.output), also = lines_of(with.output);
  if (has_line(lines, builds::broken, also)) return true;
  return has_line(lines, builds::perhaps_broken, also) && !has_line(lines, builds::passed);
}

bool could_not_run(const Ran& ran) {
  return !ran.stopped.empty() || ran.exit_code == not_executable || ran.exit_code == no_such_program;
}

std::size_t run_at(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of('`', at), text.size()) - at;
}

// Where a run of just so many backticks begins; npos: in this paragraph there is none.
std::size_t closing(std::string_view text, std::size_t from, std::size_t length) {
  const std::size_t paragraph = std::min(text.find("\n\n", from), text.size());
  for (std::size_t at = text.find('`', from); at < paragraph; at = text.find('`', at + run_at(text, at)))
    if (run_at(text, at) == length) return at;
  return std::string_view::npos;
}

std::string_view without_padding(std::string_view text) {
  const bool is_padded = text.size() > 2 && text.front() == ' ' && text.back() == ' ';
  return is_padded ? text.substr(1, text.size() - 2) : text;
}

}  // namespace

Sources sources_of(const Change& change, const std::vector<TreeText>& records) {
  Sources sources;
  for (const RangeCommit& commit : change.commits) append(sources.messages, commit.message);
  for (const Hunk& hunk : change.hunks) {
    if (is_record_path(change.path_of(hunk))) continue;
    for (const auto* side : {&hunk.removed, &hunk.added}) {
      std::string lines;
      for (const std::string& line : *side) lines += line + '\n';
      append(sources.lines, lines);
    }
  }
  letters::sort_once(sources.messages);
  letters::sort_once(sources.lines);
  for (const TreeText& file : records) {
    const Record record = parse_record(file.text, file.path);
    Runs runs;
    for (const Passage& passage : record.parts) append(runs, passage.text);
    for (const Answer& answer : record.answers) append(runs, answer.passage.text);
    letters::sort_once(runs);
    sources.records.emplace_back(file.path, std::move(runs));
  }
  return sources;
}

void judge_texts(const Change& change, const std::vector<std::size_t>& live, const Sources& sources,
                 const Surroundings& around, bool shown, RecordState& state, std::vector<Finding>& findings) {
  Judging at{change, live, sources, around, state, findings, {}};
  take_passages(at);
  show_statements(at);
  // How a sentence reads refuses nothing: a plain argument may be honest, and a hollow one may have many names of the
  // change.
  for (std::size_t i = 0; i < part_count; ++i)
    if (const PassageMeasure& passage = state.passages[i]; passage.words == 0)
      at.add("EX004", Weight::refused, passage.line, passage.name + " is empty", "say it in your own words");
  judge_answers(at);
  judge_copies(at);
  judge_equals(at);
  judge_showings(at, shown);
}

std::string fault_of_sentence(std::string_view sentence, const Change& change) {
  if (count_words(sentence) < least_sentence) return "it has fewer than " + std::to_string(least_sentence) + " words";
  Runs messages;
  for (const RangeCommit& commit : change.commits) append(messages, commit.message);
  letters::sort_once(messages);
  const Runs runs = runs_of(sentence);
  return is_copy(runs, share_in(runs, messages)) ? "it repeats the commit message" : "";
}

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

unsigned share_in(const Runs& runs, const Runs& sorted) {
  if (runs.size() < 2 || sorted.empty()) return 0;
  const auto found = std::ranges::count_if(
      runs, [&](std::uint64_t run) { return std::binary_search(sorted.begin(), sorted.end(), run); });
  return static_cast<unsigned>(static_cast<std::size_t>(found) * 100 / runs.size());
}

bool is_copy(const Runs& runs, unsigned share) { return runs.size() < short_runs ? share == 100 : share > most_shared; }

std::string_view to_string(Shown shown) noexcept { return shown_rows[static_cast<std::size_t>(shown)].text; }
std::string_view key_of(Shown shown) noexcept { return shown_rows[static_cast<std::size_t>(shown)].key; }

std::vector<Statement> statements_in(std::string_view text) {
  constexpr std::string_view opening = "without ";
  const std::string lower = letters::to_lower(text);
  std::vector<Statement> statements;
  for (std::size_t at = lower.find(opening); at != std::string::npos; at = lower.find(opening, at + 1)) {
    if (at > 0 && letters::is_word(lower[at - 1])) continue;
    const std::string_view rest = text.substr(at, text.find("\n\n", at) - at);
    const auto spans = code_spans(rest);
    if (spans.empty() || rest.substr(0, spans[0].begin).find_first_of(".;") != std::string_view::npos) continue;
    const std::string_view behind = rest.substr(spans[0].end);
    if (!begins_with_fails(behind)) continue;
    statements.push_back({std::string(letters::trim(spans[0].text)), said_in(behind)});
  }
  return statements;
}

// What fails with the hunk as well, or cannot even be started with it, says nothing of the hunk.
Shown compare(const Ran& without, const Ran& with, std::string_view text) {
  if (could_not_run(with) || !without.stopped.empty()) return Shown::could_not_run;
  if (!with.passed()) return without.passed() ? Shown::passes_without : Shown::fails_with;
  if (without.passed()) return Shown::no_difference;
  if (is_build_broken(without, with)) return Shown::does_not_build;
  const bool says =
      text.empty() || (without.output.find(text) != std::string::npos && with.output.find(text) == std::string::npos);
  return says ? Shown::shown : Shown::other_text;
}

std::vector<MarkedSpan> code_spans(std::string_view text) {
  std::vector<MarkedSpan> spans;
  for (std::size_t at = text.find('`'); at != std::string_view::npos; at = text.find('`', at)) {
    const std::size_t length = run_at(text, at), inside = at + length, end = closing(text, inside, length);
    if (end == std::string_view::npos) {
      at = inside;
      continue;
    }
    MarkedSpan span{std::string(without_padding(text.substr(inside, end - inside))), at, end + length};
    std::ranges::replace(span.text, '\n', ' ');
    at = span.end;
    spans.push_back(std::move(span));
  }
  return spans;
}

}  // namespace cascade::comprehension
