// Finds what was said and done in past conversations. The index is renewed before each question: what did not change is
// taken over, so this reads only what grew since the last one.
#include "cli/call.h"
#include "facts/fact.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "recall/logs.h"
#include "recall/text.h"

#include <algorithm>
#include <charconv>
#include <ctime>

namespace cascade::cli {
namespace {

struct RecallOptions {
  std::vector<std::string> words;
  std::string since, file, client;
  std::optional<std::uint32_t> top;
  bool project = false, renews = false;

  bool is_action(std::string_view name) const { return words.size() == 2 && words.front() == name; }
};

constexpr std::int64_t day = 86'400;

// "2026-09-01", or "7d" for a number of days, as milliseconds since 1970.
Result<std::int64_t> time_of(const std::string& since) {
  if (since.empty()) return std::int64_t{0};
  std::int64_t days = 0;
  const auto [end, code] = std::from_chars(since.data(), since.data() + since.size(), days);
  if (code == std::errc() && end + 1 == since.data() + since.size() && *end == 'd' && days > 0 && days < 36'600)
    return (std::time(nullptr) - days * day) * 1'000;
  const auto last = recall::end_of_day(since);
  if (!last)
    return misuse("\"" + since + "\" is neither a date nor a number of days", "--since 2026-09-01, or --since 7d");
  return (*last / day) * day * 1'000;
}

// Question, session and turn in one word: "4f1c...#12".
Result<std::uint32_t> turn_named(const past::Index& index, const std::string& name) {
  const std::size_t mark = name.rfind('#');
  std::uint32_t number = 0;
  const char* const end = name.data() + name.size();
  const bool is_number = mark != std::string::npos && mark + 1 < name.size() &&
                         std::from_chars(name.data() + mark + 1, end, number).ptr == end;
  if (!is_number) return misuse("\"" + name + "\" is no SESSION#TURN", "as in the answers of cascade recall");
  const std::string_view session = std::string_view(name).substr(0, mark);
  for (std::uint32_t i = 0; i < index.turns().size; ++i) {
    const past::TurnRecord& turn = index.turns()[i];
    if (turn.number == number && turn.log < index.logs().size && index.read(index.logs()[turn.log].session) == session)
      return i;
  }
  return Error{ErrorCode::not_found, "no conversation has the turn " + name, {}, "cascade recall WORDS"};
}

Exit show_turn(Call& call, const past::Index& index, const std::string& name, Format format) {
  constexpr std::uint32_t around = 1;
  const auto asked = turn_named(index, name);
  if (!asked) {
    if (asked.error().code != ErrorCode::not_found) return call.console().fail(asked.error());
    call.console().complain(asked.error().message + "\n  help: " + asked.error().help);
    return Exit::no;
  }
  const past::LogRecord& log = index.logs()[index.turns()[*asked].log];
  const std::uint32_t first = std::max(log.first_turn, *asked - std::min(*asked, around));
  const std::uint32_t end = std::min(log.first_turn + log.turns, *asked + around + 1);
  std::vector<past::Told> turns;
  for (std::uint32_t i = first; i < end; ++i) {
    auto told = past::read_turn(index, i);
    if (!told) return call.console().fail(told.error());
    turns.push_back(*std::move(told));
  }
  call.console().print(rendering::past_turns_text(turns, index.turns()[*asked].number, format));
  return Exit::yes;
}

// The session's words leave the index; its log stays where the client keeps it.
Exit forget_session(Call& call, const Lexicon& lexicon, const past::Index& index, const std::string& session) {
  const bool is_known = std::any_of(index.logs().begin(), index.logs().end(),
                                    [&](const past::LogRecord& log) { return index.read(log.session) == session; });
  if (!is_known) {
    call.console().complain("no conversation is called " + session +
                            "\n  help: cascade recall WORDS shows their names");
    return Exit::no;
  }
  const std::string path = forgotten_path(call.environment());
  std::set<std::string> forgotten = past::forgotten_sessions(files::DiskTree(), path);
  forgotten.insert(session);
  if (auto done = files::write_atomically(path, past::forgotten_text(forgotten), 0600); !done)
    return call.console().fail(done.error());
  const auto renewed = remade_past(call.environment(), lexicon.tables());
  if (!renewed) return call.console().fail(renewed.error());
  call.console().print("forgot " + session + "; its log stays with the client\n");
  return Exit::yes;
}

Result<past::Question> question_of(const RecallOptions& options) {
  constexpr std::uint32_t usual = 5;
  past::Question question;
  for (const std::string& word : options.words) question.words += (question.words.empty() ? "" : " ") + word;
  const auto since = time_of(options.since);
  if (!since) return since.error();
  question.since = *since;
  question.file = options.file;
  question.client = options.client;
  question.most = options.top.value_or(usual);
  if (options.project) question.folder = files::DiskTree().real_path(".").value_or("/");
  return question;
}

Exit answer(Call& call, const Lexicon& lexicon, const past::Index& index, const past::Question& question,
            Format format) {
  rendering::SearchedPast searched;
  searched.question = question.words;
  searched.conversations = index.logs().size;
  searched.turns = index.turns().size;
  for (const past::LogRecord& log : index.logs()) {
    searched.torn += log.torn;
    searched.foreign += log.foreign;
  }
  std::vector<rendering::FoundTurn> found;
  for (const past::Passage& passage : past::search(index, lexicon.tables(), question)) {
    auto told = past::read_turn(index, passage.turn);
    if (told)
      found.push_back({passage, *std::move(told)});
    else
      searched.gone.push_back(told.error().message);
  }
  call.step("search");
  if (found.empty())
    call.console().note(searched.turns == 0 ? "no client has kept a conversation here"
                                            : "none of " + std::to_string(searched.turns) + " turns has these words");
  else if (found.front().passage.certainty == past::Certainty::possible)
    call.console().note("not certain: these come nearest");
  call.console().print(rendering::past_found_text(found, searched, format));
  return found.empty() ? Exit::no : Exit::yes;
}

}  // namespace

Exit run_recall(Call& call) {
  RecallOptions options;
  Arguments arguments("recall");
  arguments.text("--since", options.since);
  arguments.text("--file", options.file);
  arguments.text("--client", options.client);
  arguments.number("--top", options.top);
  arguments.flag("--project", options.project);
  arguments.flag("--renew", options.renews);
  arguments.words("WORDS", options.words, 0, 1'000);
  if (const auto ended = call.read(arguments)) return *ended;
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  if (options.words.empty() && !options.renews)
    return call.console().fail(misuse("recall needs WORDS", "cascade recall --help"));
  const auto question = question_of(options);
  if (!question) return call.console().fail(question.error());
  const auto lexicon = Lexicon::open();
  if (!lexicon) return call.console().fail(lexicon.error());
  call.step("lexicon");
  const auto index = renewed_past(call.environment(), lexicon->tables(), make_progress(call.console()));
  if (!index) return call.console().fail(index.error());
  call.step("index");
  if (options.renews) return Exit::yes;
  if (options.is_action("show")) return show_turn(call, *index, options.words[1], *format);
  if (options.is_action("forget")) return forget_session(call, *lexicon, *index, options.words[1]);
  return answer(call, *lexicon, *index, *question, *format);
}

}  // namespace cascade::cli
