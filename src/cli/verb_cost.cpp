// Shows what a conversation pays for the library, listed by the client or served by Cascade.
#include <cascade/hook.h>

#include "cli/client_list.h"
#include "cli/cost_runs.h"
#include "cli/hook_options.h"
#include "client/entry_skill.h"
#include "client/names.h"
#include "hook/allowance.h"
#include "syntax/json.h"

namespace cascade::cli {
namespace {

constexpr std::uint32_t usual_prompts = 10, usual_subagents = 2;

// The tokens of the answer to a session's start, without pinned manifests.
TokenCount card_tokens(Workspace& workspace, const HookOptions& options, const std::string& directory) {
  syntax::JsonWriter event(syntax::JsonWriter::Style::compact);
  event.begin_object()
      .key(client::event_keys::name)
      .string(client::event_names::session_start)
      .key("source")
      .string("startup");
  event.key(client::event_keys::session)
      .string("cost")
      .key(client::event_keys::transcript)
      .string("")
      .key("cwd")
      .string(directory)
      .end_object();
  const auto answer = answer_hook(workspace, options, event.take());
  if (!answer || answer->empty()) return 0;
  const syntax::Parsed parsed = syntax::parse_json(*answer);
  const syntax::Node* output = parsed.root.find(client::answer_keys::output);
  const syntax::Node* text = output == nullptr ? nullptr : output->find(client::answer_keys::context);
  return text == nullptr ? 0 : workspace.counter().count(text->text).tokens;
}

// A library with only the skill by which the model asks Cascade.
Registry entry_alone(const TokenCounter& counter) {
  ManifestSource source;
  source.path = client::entry_skill_path;
  source.component = "skills";
  source.text = client::entry_skill_text();
  std::vector<Manifest> manifests;
  manifests.push_back(parse_manifest(source, counter));
  return Registry::build(manifests);
}

// One request for each prompt, and one for each subagent.
struct Conversation {
  std::uint32_t prompts = usual_prompts, subagents = usual_subagents;
};

Result<rendering::CostReport> report_of(Call& call, Workspace& workspace, const std::optional<std::string>& client,
                                        const Conversation& conversation) {
  const auto list = client_list(call, workspace, client);
  if (!list) return list.error();
  const HookOptions options = hook_options(call, workspace);
  rendering::CostReport report;
  report.with = listing_report_of(workspace, *list, listing_of(workspace, *list, workspace.registry()));
  // Only Claude Code gets an entry skill.
  const bool has_entry = list->client == &client::usual_dialect();
  report.without = listing_report_of(
      workspace, *list,
      has_entry ? listing_of(workspace, *list, entry_alone(workspace.counter())) : listing::Listing());
  report.prompts = conversation.prompts;
  report.subagents = conversation.subagents;
  report.card = card_tokens(workspace, options, list->directory);
  report.prompt_limit = hook::prompt_limit(options, list->request.model);
  report.agent_limit = hook::agent_limit(options, list->request.model);
  return report;
}

// The clients to report: one, or all whose lists are known.
std::vector<std::optional<std::string>> clients_of(const std::optional<std::string>& named) {
  if (named != "all") return {named};
  std::vector<std::optional<std::string>> all;
  for (const client::Dialect* dialect : client::dialects())
    if (dialect == &client::usual_dialect() || dialect->list != nullptr) all.emplace_back(std::string(dialect->name));
  return all;
}

}  // namespace

Exit run_cost(Call& call) {
  std::optional<std::uint32_t> prompts, subagents;
  Arguments arguments("cost");
  arguments.number("--prompts", prompts);
  arguments.number("--subagents", subagents);
  std::optional<std::string> client;
  arguments.text("--client", client);
  bool runs = false;
  arguments.flag("--runs", runs);
  std::optional<std::string> session;
  arguments.text("--session", session);
  if (const auto ended = call.read(arguments)) return *ended;
  if (session && !runs)
    return call.console().fail(
        {ErrorCode::misuse, "--session can only be used with --runs", {}, "cascade cost --help"});
  if (runs) return cost_of_runs(call, session);
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  if (client == "all" && *format != Format::text)
    return call.console().fail({ErrorCode::misuse, "a document is about one client", {}, "--client NAME"});
  constexpr std::uint32_t most = 1'000'000;
  if (prompts.value_or(0) > most || subagents.value_or(0) > most)
    return call.console().fail({ErrorCode::misuse, "too many requests for one conversation", {}, "up to 1000000"});
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  const Conversation conversation{prompts.value_or(usual_prompts), subagents.value_or(usual_subagents)};
  std::string out;
  for (const std::optional<std::string>& one : clients_of(client)) {
    const auto report = report_of(call, *workspace, one, conversation);
    if (!report) return call.console().fail(report.error());
    const auto text = rendering::cost_report(*report, *format, call.console().paint());
    if (!text) return call.console().fail(text.error());
    out += (out.empty() ? "" : "\n") + *text;
  }
  call.console().print(out);
  return Exit::yes;
}

}  // namespace cascade::cli
