// Serves tools over standard input and output until the client closes them.
#include <algorithm>
#include <array>
#include <ctime>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/call.h"
#include "cli/console.h"
#include "cli/query_options.h"
#include "cli/system.h"
#include "cli/verb_bundle.h"
#include "cli/verb_why.h"
#include "cli/verbs.h"
#include "client/built_in.h"
#include "files/process.h"
#include "files/tree.h"
#include "hook/called_agent.h"
#include "hook/clean.h"
#include "hook/layer.h"
#include "policy/policy.h"
#include "protocol/server.h"
#include "render/bundle.h"
#include "request/task.h"
#include "session/ledger.h"
#include "syntax/json.h"
#include "system/system.h"
#include "text/ascii.h"
#include "text/names.h"

namespace cascade::cli {
namespace {

// How to use them; most clients pass it to the model. Together with the tools that are listed by default it costs less
// than 300 o200k tokens (tests/cli/mcp_test.cpp).
constexpr std::string_view library_instructions =
    "When a task begins, call `load` once with the task in the user's words: it returns steps that fit, or says that "
    "nothing does. Give the id after `conversation:` to later calls.";

// Implements the tools of `cascade mcp` for the library. `load` packs a layer for a task or a name as a hook would,
// without what the conversation already has; if no budget is given and the result is long, it is packed again under a
// limit. `find` lists ranked manifests and `why` explains a choice. Manifests that hooks would withhold are withheld
// here as well, because the caller is a model.
using mcp::argument, mcp::ToolAnswer, syntax::Node;

constexpr std::uint32_t longest_quoted = 120, most_found = 8;  // UTF-16 units, lines
// The limit without a budget: clients cut or refuse a tool's answer that is much longer.
constexpr TokenCount most_unasked = 10'000;

ToolAnswer refusal(std::string text) { return {std::move(text), true}; }

ToolAnswer refusal(const Error& error) {
  std::string text = error.message;
  if (!error.path.empty()) text = error.path + ": " + text;
  if (!error.help.empty()) text += "; " + error.help;
  return refusal(hook::clean(std::move(text)));
}

std::string line_of(const ManifestView& manifest) {
  std::string line = hook::symbol_text(manifest);
  if (!manifest.description.empty()) line += "  " + hook::brief(manifest.description, longest_quoted);
  return line + "\n";
}

Result<Workspace> open(const Call& call) {
  WorkspaceOptions options = call.workspace_options();
  options.check_later = true;
  return Workspace::open(std::move(options));
}

// The request in a call of `load`.
struct Wanted {
  std::string task, name;
  TaskOptions options;
};

Result<Wanted> read_wanted(const Node& arguments) {
  Wanted wanted{std::string(letters::trim(argument(arguments, "task"))),
                std::string(letters::trim(argument(arguments, "name"))),
                {}};
  if (wanted.task.empty() && wanted.name.empty()) return misuse("load needs a task, or a name", "find lists names");
  wanted.options.prompt = wanted.task;
  const std::string budget = argument(arguments, "budget");
  if (budget.empty()) return wanted;
  const auto limit = parse_token_limit(budget);
  if (!limit || limit->tokens == 0)
    return misuse("budget is a number of tokens", "4000, say; without one, what fits comes whole");
  wanted.options.budget = budget;
  return wanted;
}

// The one manifest of that name that the model may see, or the reason why there is none.
Result<ManifestId> find_manifest(const Registry& registry, const listing::Switches& switches, const std::string& name) {
  std::vector<ManifestId> found;
  std::string denied;
  for (const ManifestId id : registry.candidates(name)) {
    if (registry[id].document) continue;
    if (!listing::is_off(registry, id, switches))
      found.push_back(id);
    else if (!client::is_entry_name(registry[id].name))
      denied = hook::symbol_text(registry[id]) + " is switched off (" + listing::reason(registry, id, switches) + ")";
  }
  if (found.empty() && !denied.empty()) return misuse(denied);
  const std::string quoted = "'" + hook::brief(name, longest_quoted) + "'";
  if (found.empty()) {
    std::string near;
    for (const Symbol& other : registry.nearest(name, {}, 3)) near += (near.empty() ? "" : ", ") + to_string(other);
    return Error{
        ErrorCode::not_found, "there is no " + quoted, {}, near.empty() ? "find lists names" : "there are " + near};
  }
  if (found.size() > 1) {
    std::string text = quoted + " is ambiguous; ask for one of these with its kind:";
    for (const ManifestId id : found) text += "\n" + hook::symbol_text(registry[id]);
    return misuse(text);
  }
  return found.front();
}

Result<std::optional<Bundle>> bundle_for_name(const Workspace& workspace, const std::string& name, const Past& past,
                                              request::Task& task) {
  const Registry registry = workspace.registry();
  const auto id = find_manifest(registry, *task.switches, name);
  if (!id) return id.error();
  if (!listing::may_be_named(listing::standing(registry, *id, *task.switches)))
    return misuse(hook::symbol_text(registry[*id]) + " is for the user to start (" +
                  listing::reason(registry, *id, *task.switches) + ")");
  if (const std::string fault = task.switches->fault(registry[*id]); !fault.empty())
    return misuse(hook::symbol_text(registry[*id]) + " is not loaded, because its files are not safe: " + fault);
  task.request.roots = {symbol_of(registry[*id])};
  leave_out(past, task);
  if (!task.prompt.empty()) {
    auto router = workspace.router();
    if (!router) return router.error();
    task.router = *std::move(router);
  }
  auto bundle = assemble_task(workspace, task);
  if (!bundle) return bundle.error();
  return std::optional<Bundle>(*std::move(bundle));
}

// The text to send, and its ledger entry.
struct LoadedLayer {
  ToolAnswer answer;
  session::Entry injection;
  std::string root;
};

Result<std::optional<Bundle>> pack(const Call& call, const Workspace& workspace, const Wanted& wanted, const Past& past,
                                   request::Task& task) {
  if (!wanted.name.empty()) return bundle_for_name(workspace, wanted.name, past, task);
  hook::Place place = place_here(call, workspace);
  place.by_model = true;
  return bundle_for_prompt(call, place, task, hook::Gate::kept, past);
}

// What a model should know before it follows the text in its own conversation.
std::string start_note(const Registry& registry, const std::vector<Symbol>& roots) {
  if (roots.empty()) return {};
  const std::optional<ManifestId> id = registry.find(roots.front());
  if (!id || !hook::runs_apart(registry, *id)) return {};
  return "This is written for a subagent of its own (context: fork). If you can start one, give it this text; do not "
         "follow it here.\n\n";
}

// What a hook would only offer for the task, by name; empty if that is nothing.
std::string offered_lines(const Registry& registry, const request::Task& task) {
  const std::vector<Symbol>& symbols = task.decision == Decision::offer ? task.named : task.beside;
  if (symbols.empty()) return {};
  std::string text = "may fit; load one by its name where it does, and ignore what does not:\n";
  for (const Symbol& symbol : symbols)
    if (const auto id = registry.find(symbol)) text += "- " + line_of(registry[*id]);
  return text;
}

Result<LoadedLayer> make_layer(const Call& call, const Workspace& workspace, const Wanted& wanted, const Past& past) {
  auto asked = make_task(call, workspace, wanted.options);
  if (!asked) return asked.error();
  asked->switches = switches_here(call, workspace);
  request::Task task = *asked;
  auto bundle = pack(call, workspace, wanted, past, task);
  if (!bundle) return bundle.error();
  if (*bundle && asked->bundle.budget.limit.tokens == unlimited && (**bundle).cost.tokens > most_unasked) {
    asked->bundle.budget.limit.tokens = most_unasked;
    task = *std::move(asked);
    bundle = pack(call, workspace, wanted, past, task);
    if (!bundle) return bundle.error();
  }
  LoadedLayer layer;
  std::string kept_out;
  for (const std::vector<std::string>* lines : {&task.unsafe, &task.closed})
    for (const std::string& line : *lines) kept_out += line + "\n";
  if (!*bundle) {
    std::string offered = wanted.name.empty() ? offered_lines(workspace.registry(), task) : std::string();
    if (offered.empty() && task.closed.empty())
      offered = "nothing fits: the library has no steps for this task, go on without them\n";
    layer.answer.text = hook::clean(kept_out + offered);
    return layer;
  }
  const Bundle& chosen = **bundle;
  const rendering::BundleContext context = rendering::context_of(task);
  if (!task.request.roots.empty()) layer.root = to_string(task.request.roots.front());
  syntax::Parsed certificate = syntax::parse_json(rendering::certificate(chosen, context));
  layer.answer.meta.emplace_back("cascade/certificate", std::move(certificate.root));
  if (chosen.status != PackingStatus::ok) {
    layer.answer.text = "nothing fits: " + rendering::bundle_summary(chosen, context) + "\n";
    return layer;
  }
  layer.answer.text = start_note(workspace.registry(), task.request.roots) + kept_out + text(chosen) +
                      (wanted.name.empty() ? offered_lines(workspace.registry(), task) : std::string());
  if (!hook::is_clean(layer.answer.text)) layer.answer.text = hook::clean(std::move(layer.answer.text));
  layer.injection = hook::injection_of(workspace.registry(), task.request.roots, chosen);
  layer.injection.decision = "asked for";
  layer.injection.cost = chosen.cost;
  return layer;
}

constexpr std::size_t handle_length = 8;
constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";  // 32, none easily mistaken for another
constexpr std::string_view label = "conversation:", served_source = "mcp";

std::string session_of(const std::string& handle) { return "mcp-" + handle; }

// 40 random bits; empty if the system provides none.
std::string new_handle() {
  std::array<unsigned char, handle_length> bytes{};
  if (!files::fill_randomly(bytes.data(), bytes.size())) return {};
  std::string handle;
  for (const unsigned char byte : bytes) handle += alphabet[byte % alphabet.size()];
  return handle;
}

// Normalises a returned handle, which may have its label, quotes or capitals. Empty if it cannot be one of ours.
std::string handle_of(std::string_view given) {
  std::string text = letters::to_lower(letters::trim(given));
  if (text.compare(0, label.size(), label) == 0) text = letters::trim(std::string_view(text).substr(label.size()));
  while (!text.empty() && (text.front() == '`' || text.front() == '"')) text.erase(0, 1);
  while (!text.empty() && (text.back() == '`' || text.back() == '"' || text.back() == '.')) text.pop_back();
  const bool is_one = text.size() == handle_length && text.find_first_not_of(alphabet) == std::string::npos;
  return is_one ? text : std::string();
}

bool was_given_out(const session::Ledger& ledger, const std::string& directory) {
  return std::ranges::any_of(ledger.entries(), [&](const session::Entry& entry) {
    return entry.event == session::Event::start && entry.source == served_source && entry.directory == directory;
  });
}

// Remembers what one conversation of a client without hooks has received, under a handle that the model passes on from
// an answer to the next call.
//
// A connection does not identify a conversation: subagents share it, and a client keeps one for several. So the first
// answer ends with a handle, later calls return it, and the ledger of the session "mcp-HANDLE" records what was sent. A
// handle that no server here has issued is not accepted: everything is sent again, under a new handle. So two models
// that invent the same word never share a past.
class ServedConversation {
 public:
  // `state`: the state folder; empty: nothing is remembered. `directory`: where the server works; a handle issued
  // elsewhere is not accepted here. `given`: the call's handle, which may be any text.
  ServedConversation(const std::string& state, std::string directory, std::string_view given)
      : directory_(std::move(directory)), handle_(handle_of(given)), ledger_({}, {}) {
    if (state.empty()) {
      handle_.clear();
      return;
    }
    if (!handle_.empty()) ledger_ = session::Ledger(state, session_of(handle_));
    if (was_given_out(ledger_, directory_)) return;
    is_new_ = true;
    handle_ = new_handle();
    ledger_ = session::Ledger(handle_.empty() ? std::string() : state, session_of(handle_));
  }

  Past past() const {
    Past past{ledger_.held(session::main_conversation), ledger_.active(session::main_conversation), {}};
    for (const session::Entry& entry : ledger_.entries())
      for (const session::SentPiece& piece : entry.pieces) past.sent.push_back(piece.manifest);
    letters::sort_once(past.sent);
    return past;
  }

  // Delivers `answer`, ending with the handle if it is new, and records `injection` once it has arrived, with no other
  // process in between. If another server has meanwhile sent all of it, delivers `instead`. If nothing can be recorded,
  // the answer has no handle.
  void send(ToolAnswer answer, session::Entry injection, const ToolAnswer& instead, const mcp::Deliver& deliver) {
    if (handle_.empty() || (is_new_ && !begin())) {
      deliver(answer);
      return;
    }
    injection.recipient = session::main_conversation;
    injection.written_at = std::time(nullptr);
    if (is_new_) {
      const bool ends = answer.text.empty() || answer.text.back() == '\n';
      answer.text += (ends ? "" : "\n") + std::string(label) + " " + handle_ + "\n";
    }
    bool tried = false;
    const auto kept = ledger_.extend([&](const session::Ledger& now) {
      tried = true;
      const std::vector<std::uint64_t> held = now.held(session::main_conversation);
      const bool said = std::ranges::all_of(injection.pieces, [&](const session::SentPiece& piece) {
        return std::binary_search(held.begin(), held.end(), piece.content_hash);
      });
      const bool arrived = deliver(said ? instead : answer);
      return arrived && !said ? std::vector<session::Entry>{std::move(injection)} : std::vector<session::Entry>();
    });
    if (!kept && !tried) deliver(answer);
  }

 private:
  // Runs before the first answer is sent, since another server may be called as soon as the client has read it.
  bool begin() {
    session::Entry start;
    start.event = session::Event::start;
    start.source = served_source;
    start.directory = directory_;
    start.written_at = std::time(nullptr);
    return static_cast<bool>(ledger_.append(std::move(start)));
  }

  std::string directory_, handle_;
  bool is_new_ = false;
  session::Ledger ledger_;
};

void load(Call& call, const std::string& directory, const Node& arguments, const mcp::Deliver& deliver) {
  const auto wanted = read_wanted(arguments);
  if (!wanted) return static_cast<void>(deliver(refusal(wanted.error())));
  ServedConversation conversation(call.environment().state, directory, argument(arguments, "conversation"));
  auto workspace = open(call);
  if (!workspace) return static_cast<void>(deliver(refusal(workspace.error())));
  auto layer =
      request::confirmed(*workspace, [&] { return make_layer(call, *workspace, *wanted, conversation.past()); });
  if (!layer) return static_cast<void>(deliver(refusal(layer.error())));
  const ToolAnswer already{
      (layer->root.empty() ? "what is remembered" : layer->root) + " is already in this conversation: see above\n",
      false};
  const bool fits = layer->injection.event == session::Event::inject;
  if (!fits) return static_cast<void>(deliver(layer->answer));
  if (layer->injection.pieces.empty()) return static_cast<void>(deliver(already));
  conversation.send(std::move(layer->answer), std::move(layer->injection), already, deliver);
}

Result<std::string> found_lines(const Call& call, const Workspace& workspace, Query query) {
  const auto router = workspace.router();
  if (!router) return router.error();
  const Registry registry = workspace.registry();
  const listing::Switches switches = switches_here(call, workspace);
  listing::Withheld all = listing::withheld(registry, switches);
  query.hidden = std::move(all.off);
  query.hidden.insert(query.hidden.end(), all.by_name.begin(), all.by_name.end());
  std::ranges::sort(query.hidden);
  query.searches = true;
  std::string lines;
  for (const Match& match : router->rank(query).ranked) {
    if (match.evidence.empty()) continue;  // it is only a guess
    std::string fault = switches.fault(registry[match.id]);
    lines += fault.empty() ? line_of(registry[match.id])
                           : hook::line_of(registry, hook::Unsafe{match.id, std::move(fault)}) + "\n";
  }
  return hook::clean(std::move(lines));
}

ToolAnswer find(const Call& call, const Node& arguments) {
  QueryOptions options;
  if (std::string kind = argument(arguments, "kind"); !kind.empty()) options.kinds.push_back(std::move(kind));
  auto query = make_query(options, most_found);
  if (!query) return refusal("kind is skill, agent or command");
  const std::string words = argument(arguments, "words");
  query->text = words;
  auto workspace = open(call);
  if (!workspace) return refusal(workspace.error());
  auto lines = request::confirmed(*workspace, [&] { return found_lines(call, *workspace, *query); });
  if (!lines) return refusal(lines.error());
  return {lines->empty() ? "nothing in the library matches these words\n" : *std::move(lines), false};
}

// The output of `cascade why` for an item, alone or for a task.
Result<std::string> reasons(const Call& call, Workspace& workspace, const std::string& name,
                            const std::string& prompt) {
  TaskOptions options;
  options.prompt = prompt;
  auto task = make_task(call, workspace, options);
  if (!task) return task.error();
  task->switches = switches_here(call, workspace);
  const auto id = find_manifest(workspace.registry(), *task->switches, name);
  if (!id) return id.error();
  if (!prompt.empty()) {
    const auto found = add_prompt_root(place_here(call, workspace), *task, hook::Gate::ignored);
    if (!found) return found.error();
  }
  auto why = why_item(call, workspace, {*id, {}, {}}, {}, *task, Format::text, rendering::Paint(false, 0));
  if (!why) return why.error();
  return hook::clean(std::move(why->text));
}

ToolAnswer why(const Call& call, const Node& arguments) {
  auto workspace = open(call);
  if (!workspace) return refusal(workspace.error());
  const std::string item(letters::trim(argument(arguments, "item")));
  auto text =
      request::confirmed(*workspace, [&] { return reasons(call, *workspace, item, argument(arguments, "task")); });
  return text ? ToolAnswer{*std::move(text), false} : refusal(text.error());
}

// In the order of the list. `directory`: where the server works. They refer to `call`.
std::vector<mcp::Tool> library_tools(Call& call, const std::string& directory) {
  mcp::Tool load_tool;
  load_tool.name = "load";
  load_tool.description =
      "Get the steps, rules and tools that fit a task from the skill library, packed into a budget.";
  load_tool.parameters = {{"task", "in the user's words", false},
                          {"name", "of a skill, agent or command, where it is known", false},
                          {"budget", "most tokens", false, mcp::Parameter::Type::whole_number},
                          {"conversation", "id that an earlier answer ended with: nothing is sent twice", false}};
  load_tool.reads_only = true;
  load_tool.instructions = library_instructions;
  load_tool.serve = [&call, directory](const Node& arguments, const mcp::Deliver& deliver) {
    load(call, directory, arguments, deliver);
  };
  mcp::Tool find_tool{.name = "find",
                      .description = "List names in the skill library by words.",
                      .parameters = {{"words", "", true}, {"kind", "skill, agent or command", false}},
                      .reads_only = true,
                      .call = [&call](const Node& arguments) { return find(call, arguments); }};
  mcp::Tool why_tool{.name = "why",
                     .description = "Explain why an item of the skill library is loaded for a task or not.",
                     .parameters = {{"item", "its name", true}, {"task", "in the user's words", false}},
                     .reads_only = true,
                     .call = [&call](const Node& arguments) { return why(call, arguments); },
                     .is_listed_unasked = false};
  return {std::move(load_tool), std::move(find_tool), std::move(why_tool)};
}

// Reads lines of any length. Of a line that is too long, only enough is kept to show that it is.
class Lines {
 public:
  // False at the end of the input.
  bool next(std::string& line) {
    line.clear();
    while (true) {
      if (at_ == end_ && !fill()) return !line.empty();
      const std::size_t stop = std::min(buffer_.find('\n', at_), end_);
      if (line.size() <= mcp::max_line_bytes) line.append(buffer_, at_, stop - at_);
      at_ = std::min(stop + 1, end_);
      if (stop < end_) return true;
    }
  }

 private:
  bool fill() {
    constexpr std::size_t most = 64 * 1024;
    buffer_.resize(most);
    const std::ptrdiff_t got = read_some(buffer_.data(), most);
    at_ = 0;
    end_ = got > 0 ? static_cast<std::size_t>(got) : 0;
    buffer_.resize(end_);
    return got > 0;
  }

  std::string buffer_;
  std::size_t at_ = 0, end_ = 0;
};

// Keeps the tools in `wanted`, or if that is empty those listed by default. misuse: an unknown tool.
Result<void> choose_tools(const std::vector<std::string>& wanted, mcp::Server& server) {
  const auto is_wanted = [&](const mcp::Tool& tool) {
    return wanted.empty() ? tool.is_listed_unasked : std::ranges::find(wanted, tool.name) != wanted.end();
  };
  for (const std::string& name : wanted) {
    const bool known = std::ranges::any_of(server.tools, [&](const mcp::Tool& tool) { return tool.name == name; });
    const bool needs_memory = name == "remember" || name == "recall";
    if (!known && !needs_memory)
      return misuse("there is no tool '" + name + "'", "load, find, why, remember, recall, past");
  }
  std::erase_if(server.tools, [&](const mcp::Tool& tool) { return !is_wanted(tool); });
  return {};
}

// Changes to the folder of the process that started this one. If that is unknown, stays.
void enter_callers_folder() {
  const std::string folder = files::working_folder(files::parent_process());
  if (!folder.empty() && ::chdir(folder.c_str()) != 0) return;
}

}  // namespace

Exit run_mcp(Call& call) {
  std::vector<std::string> wanted;
  Arguments arguments("mcp");
  bool of_caller = false;
  arguments.list("--tools", wanted);
  arguments.flag("--caller-folder", of_caller);
  if (const auto ended = call.read(arguments)) return *ended;
  if (of_caller) enter_callers_folder();
  const Environment& environment = call.environment();
  const files::DiskTree tree;
  const std::string working = tree.real_path(".").value_or("/");
  const std::string here = environment.project_directory.empty() ? working : environment.project_directory;
  const auto policy = policy::read_policy(tree, environment.users_configuration, here);
  if (!policy) return call.console().fail(policy.error());
  mcp::Server server;
  server.version = CASCADE_VERSION;
  server.tools = library_tools(call, working);
  for (const core::System* system : core::systems())
    if (system->tools != nullptr) system->tools(environment, *policy, here, server.tools);
  if (auto chosen = choose_tools(wanted, server); !chosen) return call.console().fail(chosen.error());
  for (const mcp::Tool& tool : server.tools)
    if (!tool.instructions.empty()) server.instructions += (server.instructions.empty() ? "" : " ") + tool.instructions;
  const auto send = [&](const std::string& reply) {
    call.console().print(reply + "\n");
    return call.console().flush();
  };
  if (is_terminal(0))
    call.console().note(
        "a client speaks to this on standard input, in JSON-RPC; Ctrl-D ends it\n  help: cascade help mcp");
  Lines lines;
  for (std::string line; lines.next(line);)
    if (!mcp::answer(server, line, send)) break;  // the client is gone
  return Exit::yes;
}

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group;
constexpr cli::Verb mcp_verbs[] = {
    {"mcp", Group::clients, 30, "serve tools to a client of the Model Context Protocol", cli::run_mcp},
};

}  // namespace

extern const System mcp_system = {
    .name = "mcp",
    .verbs = {mcp_verbs, std::size(mcp_verbs)},
};

}  // namespace cascade::core
