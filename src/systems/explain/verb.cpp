// Explanations of changes: files that people write, bound to the hunks that they are about. (`cascade why` explains a
// bundle, which is another thing.)
#include "cli/call.h"
#include "cli/standard_input.h"
#include "explain/explain_range.h"
#include "explain/explain_verb.h"
#include "explain/explanations.h"
#include "files/paths.h"
#include "files/tree.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace cascade::cli {
namespace {

using comprehension::Record;

constexpr std::size_t most_hook_input = std::size_t{16} << 20;

struct ExplainOptions {
  std::vector<std::string> words;
  std::string id, into, waive, by;
  bool review = false, run = false, yes = false, ask = false;
  std::optional<std::uint32_t> seconds;
};

MakeShow runner_of(Call& call, const ExplainOptions& options) {
  ShowOptions show;
  show.is_allowed = options.yes;
  show.seconds = options.seconds.value_or(show.seconds);
  return [&call, show](const comprehension::Repository& repository, const comprehension::Change& change,
                       const std::vector<comprehension::TreeText>& records) -> Result<ShowStatement> {
    const auto runner = std::make_shared<HunkRunner>(call, repository, change, show);
    if (const auto asked = runner->ask(records); !asked) return asked.error();
    return ShowStatement([runner](comprehension::Showing& showing) { runner->show(showing); });
  };
}

Exit check_explanations(Call& call, const ExplainOptions& options, const std::string& range) {
  const auto format = call.format({Format::text, Format::json, Format::sarif, Format::github});
  if (!format) return call.console().fail(format.error());
  auto question = range_question(range, ".");
  if (!question) return call.console().fail(question.error());
  question->only_live = !std::exchange(question->from_disk, true);
  if (options.run) question->make_show = runner_of(call, options);
  const auto checked = check_range(call.environment(), *question);
  if (!checked) return call.console().fail(checked.error());
  call.step("range");
  const rendering::ExplainForce force = force_of(*checked);
  return call.console().show(
      rendering::explain_report(checked->report, force, CASCADE_VERSION, *format, call.console().paint()),
      force.fails ? Exit::no : Exit::yes);
}

Exit list_explanations(Call& call) {
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  const auto texts = records_here(".");
  if (!texts) return call.console().fail(texts.error());
  std::vector<Record> records;
  for (const auto& file : *texts) records.push_back(comprehension::parse_record(file.text, file.path));
  return call.console().show(rendering::explain_list(records, *format, call.console().paint()));
}

Exit show_explanation(Call& call, const std::string& id) {
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  const auto texts = records_here(".");
  if (!texts) return call.console().fail(texts.error());
  for (const auto& file : *texts) {
    const Record record = comprehension::parse_record(file.text, file.path);
    if (record.id != id && file.path != id && files::file_name(file.path) != id + ".md") continue;
    if (*format == Format::text) {
      call.console().print(file.text);
      return Exit::yes;
    }
    return call.console().show(rendering::explain_list({record}, *format, call.console().paint()));
  }
  return call.console().fail(
      {ErrorCode::not_found, "there is no explanation '" + id + "'", "", "cascade explain list shows them"});
}

// cascade explain hook NAME [ARGUMENT...]: what git's own hooks call, with git's arguments and input.
Exit answer_git(Call& call, const std::vector<std::string>& words) {
  const std::string& name = words[1];
  if (name != "pre-push" && name != "pre-receive" && name != "update")
    return call.console().fail(
        misuse("'" + name + "' is no hook that brings commits", "pre-push, pre-receive or update"));
  const std::string input = name == "update" ? std::string() : read_standard_input(most_hook_input);
  std::string warnings;
  const auto refusal = judge_push(call.environment(), name, {words.begin() + 2, words.end()}, input,
                                  files::DiskTree().real_path(".").value_or("."), warnings);
  if (!refusal) return call.console().fail(refusal.error());
  if (*refusal) {
    call.console().complain(**refusal);
    return Exit::no;
  }
  if (!warnings.empty()) call.console().complain(warnings);
  return Exit::yes;
}

}  // namespace

Exit run_explain(Call& call) {
  ExplainOptions options;
  Arguments arguments("explain");
  arguments.text("--id", options.id);
  arguments.text("--into", options.into);
  arguments.text("--waive", options.waive);
  arguments.text("--by", options.by);
  arguments.flag("--review", options.review);
  arguments.flag("--ask", options.ask);
  arguments.flag("--run", options.run);
  arguments.flag("--yes", options.yes);
  arguments.number("--seconds", options.seconds);
  arguments.words("new|check|show|list|hook", options.words, 0, 8);
  if (const auto ended = call.read(arguments)) return *ended;
  const std::string action = options.words.empty() ? "check" : options.words[0];
  const std::string second = options.words.size() > 1 ? options.words[1] : "";
  if (action == "hook" && !second.empty()) return answer_git(call, options.words);
  if (!options.run && (options.yes || options.seconds))
    return call.console().fail(misuse("--yes and --seconds go only with --run"));
  if (options.words.size() > 2) return call.console().fail(misuse("too many words", "cascade help explain"));
  if (action == "new")
    return write_explanation(call, {second, options.id, options.into, options.waive, options.by, options.ask});
  if (action == "check" && options.review) return review_explanation(call, second, options.id, options.by);
  if (action == "check") return check_explanations(call, options, second);
  if (action == "list" && second.empty()) return list_explanations(call);
  if (action == "show" && !second.empty()) return show_explanation(call, second);
  return call.console().fail(misuse("explain takes new, check, show ID, list or hook NAME", "cascade help explain"));
}

}  // namespace cascade::cli
