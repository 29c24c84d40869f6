#include "comprehension/check/passages.h"

#include <algorithm>
#include <set>

#include "comprehension/check/words.h"
#include "text/ascii.h"

namespace cascade::comprehension {
namespace {

// How many words a part has at least, and how many of them must be of this change: names in its lines, or the words
// that these are made of. A part that is about this change may be shorter: people who know are often brief.
struct PartRow {
  Part part;
  std::uint32_t words, grounded;
};
constexpr PartRow part_rows[] = {{Part::what, 12, 2}, {Part::fails, 10, 1}, {Part::why, 10, 1}, {Part::verified, 1, 0}};
constexpr std::size_t words_of_an_alternative = 4;
constexpr std::uint32_t answer_words = 6;  // with those of the place that it cites
constexpr std::uint32_t least_words = 5;   // of a part that is about this change
constexpr std::size_t least_names = 3;     // of a hunk, or its place says as much as its names

bool is_comment_line(std::string_view line) {
  line = letters::trim_left(line);
  return line.substr(0, 2) == "//" || line.substr(0, 1) == "#" || line.substr(0, 1) == "*" ||
         line.substr(0, 2) == "/*" || line.substr(0, 2) == "--" || line.substr(0, 3) == "\"\"\"";
}

void append(std::vector<std::string>& words, std::string_view text) {
  for (std::string& word : prose_words(text)) words.push_back(std::move(word));
  words.emplace_back("\n");  // no run of words goes over it
}

using Names = std::set<std::string>;

Names names_of(const Hunk& hunk) {
  Names names;
  for (const auto* side : {&hunk.removed, &hunk.added})
    for (const std::string& line : *side) add_names(line, names);
  return names;
}

Names names_of_path(const std::string& path) {
  Names names;
  add_names(path, names);
  return names;
}

Names stems_of(const Names& names) {
  Names stems;
  for (const std::string& name : names) stems.insert(stem_of(name));
  return stems;
}

// Names of the change that a text has, each word once whatever its ending.
std::size_t count_grounded(std::string_view text, const Names& names) {
  Names said;
  add_names(text, said);
  const Names stems = stems_of(names), own = stems_of(said);
  const auto known = [&](const std::string& stem) { return stems.count(stem) != 0; };
  auto count = static_cast<std::size_t>(std::count_if(own.begin(), own.end(), known));
  // What is quoted was looked up, in whatever language the rest is.
  for (const std::string& span : spans_of(text)) {
    Names quoted;
    add_names(span, quoted);
    const Names of_span = stems_of(quoted);
    if (!of_span.empty() && std::all_of(of_span.begin(), of_span.end(), known)) ++count;
  }
  return count;
}

// Words that not every change may be described with. What else could have been done is not in the diff.
std::size_t count_own_words(std::string_view text) {
  Names said;
  for (const std::string& word : prose_words(text))
    if (word.size() > 3) add_names(word, said);
  return stems_of(said).size();
}

// What the judging of one record works on.
struct Judging {
  const Change& change;
  const Sources& sources;
  const Surroundings& around;
  RecordState& state;
  std::vector<Finding>& findings;
  Names names;  // of the record's hunks and their paths

  const Record& record() const { return state.record; }
  void add(std::string_view rule, std::uint32_t line, std::string message, std::string help) {
    findings.push_back({rule, Weight::refused, record().path, record().path, line == 0 ? 1 : line, 1,
                        std::move(message), std::move(help)});
  }
};

std::uint32_t first_line(const Hunk& hunk) { return hunk.new_lines > 0 ? hunk.new_at : hunk.old_at; }

const Hunk* hunk_of(const Judging& at, const std::string& id) {
  for (const Hunk& hunk : at.change.hunks)
    if (hunk.id == id) return &hunk;
  return nullptr;
}

void judge_part(Judging& at, const PartRow& row) {
  const Passage& passage = at.record().part(row.part);
  const std::string heading = "\"" + std::string(heading_of(row.part)) + "\"";
  const std::uint32_t words = count_words(passage.text);
  const bool is_grounded = count_grounded(passage.text, at.names) >= row.grounded ||
                           (row.part == Part::why && count_own_words(passage.text) * 2 >=
                                                         std::min<std::size_t>(words, 2 * words_of_an_alternative));
  if (words < (is_grounded ? std::min(least_words, row.words) : row.words))
    return at.add("EX004", passage.line,
                  heading + (words == 0 ? " is empty" : " has " + std::to_string(words) + " words"),
                  "say it in your own words, at least " + std::to_string(row.words));
  if (at.state.stale > 0) return;  // it was written about hunks as well that are not here any more
  if (!is_grounded)
    at.add("EX004", passage.line, heading + " names hardly anything of this change and would fit any other",
           "name the functions, values or paths that it is about");
}

void judge_answer(Judging& at, const Answer& answer, const Hunk& hunk) {
  const std::string& text = answer.passage.text;
  const std::vector<Cited> places = places_in(text);
  const bool cites = std::any_of(places.begin(), places.end(),
                                 [&](const Cited& place) { return is_in_diff(place, at.change, at.record()); });
  if (!cites)
    return at.add("EX006", answer.passage.line,
                  places.empty()
                      ? "the answer cites no line of the diff"
                      : places.front().path + ':' + std::to_string(places.front().first) + " is no changed line",
                  "cite one, as in " + at.change.path_of(hunk) + ':' + std::to_string(first_line(hunk)));
  if (count_words(text) < answer_words)
    return at.add("EX004", answer.passage.line, "the answer is hardly more than the place that it cites",
                  "say in your own words what happens there");
  const Names names = names_of(hunk);
  if (names.size() >= least_names && count_grounded(text, names) == 0 && count_grounded(text, at.names) < 2)
    at.add("EX006", answer.passage.line, "the answer names nothing of the lines that it is about",
           "name what stands in them");
}

void judge_answers(Judging& at) {
  for (const Question& question : at.record().questions) {
    const Hunk* hunk = hunk_of(at, question.hunk);
    const Answer* answer = at.record().answer_to(question.hunk);
    if (hunk == nullptr) continue;  // stale: it is not asked about any more
    if (answer == nullptr || letters::trim(answer->passage.text).empty()) {
      at.add("EX005", answer == nullptr ? question.line : answer->passage.line,
             "the question about " + at.change.path_of(*hunk) + ':' + std::to_string(first_line(*hunk)) + " (" +
                 question.risk + ") has no answer",
             "answer it below the heading with its id, and cite a line of the diff");
      continue;
    }
    judge_answer(at, *answer, *hunk);
  }
}

// What a way to fail says of how it shows.
struct ItemSignal {
  bool has = false, is_invented = false;  // is_invented: it names a test or metric that is nowhere
  std::string why = "names no signal in backticks";
};

ItemSignal signal_of(const std::string& item, const std::vector<Sought>& found) {
  ItemSignal signal;
  const auto look = [&](const std::string& text, bool is_quoted) {
    const auto sought = std::find_if(found.begin(), found.end(), [&](const Sought& one) { return one.text == text; });
    if (sought == found.end()) return;
    switch (kind_of_signal(*sought)) {
      case Signal::test:
      case Signal::message:
      case Signal::metric: signal.has = true; return;
      case Signal::absent:
        if (!is_quoted) return;
        signal.why = "`" + text + "` is nowhere in the tree";
        signal.is_invented |= text.find(' ') == std::string::npos;  // the words of an error may be another program's
        return;
      case Signal::too_common:
        signal.why = "`" + text + "` is on " + std::to_string(sought->count) + " lines, so it tells nothing";
        return;
      case Signal::other: signal.why = "`" + text + "` is no test, no text that is written, no metric"; return;
    }
  };
  for (const std::string& name : bare_names_of(item)) look(name, false);
  for (const std::string& span : spans_of(item)) look(span, true);
  signal.is_invented &= !signal.has;
  return signal;
}

std::vector<Sought> sought_signals(const Judging& at, const std::vector<std::string>& items) {
  std::vector<std::string> texts;
  const auto take = [&](const std::vector<std::string>& candidates) {
    for (const std::string& text : candidates)
      if (may_be_signal(text) && std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
  };
  for (const std::string& item : items) {
    take(spans_of(item));
    take(bare_names_of(item));
  }
  return at.around.search && !texts.empty() ? at.around.search(texts) : std::vector<Sought>();
}

// Not everything that can fail shows, and who says so is honest: if half of the ways have a signal, the others are
// noted. What is invented is refused.
void judge_signals(Judging& at) {
  const Passage& passage = at.record().part(Part::fails);
  const std::vector<std::string> items = items_of(passage.text);
  const std::vector<Sought> found = sought_signals(at, items);
  std::vector<ItemSignal> signals;
  for (const std::string& item : items) signals.push_back(signal_of(item, found));
  const auto with = std::count_if(signals.begin(), signals.end(), [](const ItemSignal& one) { return one.has; });
  const bool is_enough = static_cast<std::size_t>(with) * 2 >= items.size();
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (signals[i].has) continue;
    const std::string begin(letters::trim(std::string_view(items[i]).substr(0, 50)));
    at.add("EX007", passage.line, "a way in which it fails has no signal (" + begin + "...): " + signals[i].why,
           "name the test, the text of a log or an error, or the metric that shows it, as it stands in the tree");
    if (is_enough && !signals[i].is_invented) at.findings.back().weight = Weight::note;
  }
}

void judge_commands(Judging& at) {
  const Passage& passage = at.record().part(Part::verified);
  if (count_words(passage.text) == 0) return;  // said already
  std::vector<std::string> commands = spans_of(passage.text);
  for (std::string_view rest = passage.text; !rest.empty();) {
    const std::string_view text = letters::trim(rest.substr(0, rest.find('\n')));
    rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
    if (text.substr(0, 2) == "$ ") commands.emplace_back(text.substr(2));
    if (!text.empty() && text.front() != '`' && text.substr(0, 2) != "- ") commands.emplace_back(text);
  }
  std::string failed;
  for (const std::string& line : commands) {
    const RanCommand* run = find_run(command_words(line), at.around.ran);
    if (run == nullptr) continue;
    if (run->exit_code == 0) return;
    failed = "`" + line + "` ended with status " + std::to_string(run->exit_code) + " (" + run->source + ")";
  }
  at.add("EX008", passage.line, failed.empty() ? "no command is named that evidence or CI knows to have run" : failed,
         "name one in backticks that CI runs, or hand over how it ended with --ran FILE");
}

void compare(Judging& at, const Passage& passage, const std::string& name, const std::vector<std::string>& words,
             const std::string& source) {
  const unsigned shared = overlap(passage.text, words);
  at.state.overlap = std::max(at.state.overlap, shared);
  if (shared > most_overlap)
    at.add("EX009", passage.line, name + " repeats " + source + " (" + std::to_string(shared) + " %)",
           "say what they do not say");
}

void judge_copies(Judging& at) {
  std::vector<std::pair<const Passage*, std::string>> passages;
  for (const PartRow& row : part_rows)
    if (row.part != Part::verified)
      passages.emplace_back(&at.record().part(row.part), "\"" + std::string(heading_of(row.part)) + "\"");
  for (const Answer& answer : at.record().answers) passages.emplace_back(&answer.passage, "the answer");
  for (std::size_t i = 0; i < passages.size(); ++i) {
    const auto& [passage, name] = passages[i];
    compare(at, *passage, name, at.sources.messages, "the commit message");
    compare(at, *passage, name, at.sources.comments, "comments of the change");
    for (const auto& [path, words] : at.sources.earlier)
      if (path != at.record().path) compare(at, *passage, name, words, path);
    for (std::size_t k = 0; k < i; ++k) {
      const unsigned shared = overlap(passage->text, prose_words(passages[k].first->text));
      if (shared > most_overlap)
        at.add("EX010", passage->line, name + " repeats " + passages[k].second + " (" + std::to_string(shared) + " %)",
               "each part answers another question");
    }
  }
}

void judge_places(Judging& at) {
  std::vector<std::string> paths;
  std::vector<std::uint32_t> lines;
  const auto look = [&](const Passage& passage) {
    for (const Cited& place : places_in(passage.text)) {
      const bool known = std::any_of(at.change.files.begin(), at.change.files.end(), [&](const ChangedFile& file) {
        return is_path_of(place.path, file.path) || is_path_of(place.path, file.old_path);
      });
      if (known || std::find(paths.begin(), paths.end(), place.path) != paths.end()) continue;
      paths.push_back(place.path);
      lines.push_back(passage.line);
    }
  };
  for (const Passage& passage : at.record().parts) look(passage);
  for (const Answer& answer : at.record().answers) look(answer.passage);
  if (paths.empty() || !at.around.missing) return;
  for (const std::string& path : at.around.missing(paths)) {
    const auto place = static_cast<std::size_t>(std::find(paths.begin(), paths.end(), path) - paths.begin());
    at.add("EX011", place < lines.size() ? lines[place] : 1, "there is no file " + path, "cite what is there");
  }
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
  for (const TreeText& file : records) {
    const Record record = parse_record(file.text, file.path);
    std::vector<std::string> words;
    for (const Passage& passage : record.parts) append(words, passage.text);
    for (const Answer& answer : record.answers) append(words, answer.passage.text);
    sources.earlier.emplace_back(file.path, std::move(words));
  }
  return sources;
}

void judge_texts(const Change& change, const std::vector<std::size_t>& live, const Sources& sources,
                 const Surroundings& around, RecordState& state, std::vector<Finding>& findings) {
  Judging at{change, sources, around, state, findings, {}};
  for (const std::size_t hunk : live) {
    at.names.merge(names_of(change.hunks[hunk]));
    at.names.merge(names_of_path(change.path_of(change.hunks[hunk])));
  }
  for (const PartRow& row : part_rows) judge_part(at, row);
  judge_answers(at);
  judge_signals(at);
  judge_commands(at);
  judge_copies(at);
  judge_places(at);
}

std::string fault_of_sentence(std::string_view sentence, const Record& record, const Change& change) {
  if (count_words(sentence) < least_sentence) return "it has fewer than " + std::to_string(least_sentence) + " words";
  Names names;
  for (const Hunk& hunk : change.hunks)
    for (const BoundHunk& bound : record.hunks)
      if (bound.id == hunk.id) {
        names.merge(names_of(hunk));
        names.merge(names_of_path(change.path_of(hunk)));
      }
  if (count_grounded(sentence, names) == 0) return "it names nothing of these lines";
  std::vector<std::string> messages;
  for (const RangeCommit& commit : change.commits) append(messages, commit.message);
  if (overlap(sentence, messages) > most_overlap) return "it repeats the commit message";
  return {};
}

}  // namespace cascade::comprehension
