// Time, size and exit status are looked at before the text. A program that fails any of them refuses nothing (it fails
// open), except with status 2, which is a refusal. JSON counts as an answer only if it is an object; other text is
// context. Permissions in it (`allow`, a changed input) are not read at all.
#include "trust/hook_answer.h"

#include "client/names.h"
#include "syntax/json.h"
#include "syntax/members.h"
#include "text/ascii.h"
#include "text/names.h"
#include "trust/run_hook.h"

namespace cascade::trust {
namespace {

using Outcome = HookAnswer::Outcome;

HookAnswer failed(std::string why) {
  HookAnswer answer;
  answer.outcome = Outcome::failed;
  answer.reason = std::move(why);
  return answer;
}

// Nothing if the text is not an answer in JSON.
bool read_json(const std::string& text, HookAnswer& answer) {
  constexpr syntax::NodeLimits limits{.bytes = most_answer_bytes, .depth = 16, .nodes = 2'000, .alias_nodes = 0};
  const syntax::Parsed parsed = syntax::parse_json(text, limits);
  if (parsed.root.kind != syntax::NodeKind::map) return false;
  const syntax::Node* found = parsed.root.find(client::answer_keys::output);
  const syntax::Node special = found == nullptr ? syntax::Node() : *found;
  answer.context = text_of(special, client::answer_keys::context);
  answer.notice = text_of(parsed.root, client::answer_keys::notice);
  const std::string decision = text_of(special, client::answer_keys::decision);
  answer.reason = text_of(special, client::answer_keys::reason);
  if (text_of(parsed.root, "decision") == "block") {
    answer.outcome = Outcome::deny;
    if (answer.reason.empty()) answer.reason = text_of(parsed.root, "reason");
  } else if (decision == "deny" || decision == "ask") {
    answer.outcome = decision == "deny" ? Outcome::deny : Outcome::ask;
  } else {
    answer.reason.clear();
    answer.outcome = answer.context.empty() && answer.notice.empty() ? Outcome::silent : Outcome::said;
  }
  return true;
}

}  // namespace

constexpr letters::Names<Outcome::failed> outcome_names("silent", "said", "ask", "deny", "late", "failed");
std::string_view to_string(Outcome outcome) noexcept { return outcome_names.of(outcome); }

HookAnswer read_hook_answer(const files::ProgramRun& run) {
  constexpr std::string_view blanks = " \t\r\n";
  HookAnswer answer;
  if (run.timed_out) {
    answer.outcome = Outcome::late;
    answer.reason = "it took too long and was ended";
    return answer;
  }
  if (run.output.size() > most_answer_bytes) return failed("it answered with more than 64 KiB");
  if (run.exit_code == 2) {
    answer.outcome = Outcome::deny;
    answer.reason = run.errors;
    return answer;
  }
  if (run.exit_code != 0)
    return failed("it ended with status " + std::to_string(run.exit_code) +
                  (run.errors.empty() ? "" : ": " + run.errors.substr(0, 200)));
  const std::size_t begin = run.output.find_first_not_of(blanks);
  if (begin == std::string::npos || (run.output[begin] == '{' && read_json(run.output.substr(begin), answer)))
    return answer;
  answer.context = run.output.substr(begin);
  answer.outcome = Outcome::said;
  return answer;
}

}  // namespace cascade::trust
