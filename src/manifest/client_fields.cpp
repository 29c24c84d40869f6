// Sources: the schemas and messages inside the client's package (2.1.328). The effect of a key in a skill, an agent or
// a command was seen in sessions or is stated by the package.
#include "manifest/client_keys.h"

#include <algorithm>
#include <iterator>

#include "text/ascii.h"

namespace cascade {
namespace {

using enum ValueType;

// Every key that some reader of the client knows, whichever kind of file it is in.
constexpr ClientField fields[] = {
    {"agent", text},
    {"agents", any},
    {"allowed-tools", list, true},
    {"argument-hint", text},
    {"arguments", list},
    {"author", any},
    {"autoCompactWindow", integer},
    {"background", boolean},
    {"channels", any},
    {"color", text},
    {"commands", any},
    {"compatibility", text, true},
    {"context", text},
    {"created_by", text},
    {"defaultEnabled", any},
    {"dependencies", any},
    {"description", text, true},
    {"disable-model-invocation", boolean},
    {"disallowed-tools", list},
    {"disallowedTools", list},
    {"displayName", any},
    {"effort", text},
    {"engines", any},
    {"evals", any},
    {"experimental", any},
    {"fallback", boolean},
    {"force-for-plugin", any},
    {"hide-from-slash-command-tool", any},
    {"homepage", any},
    {"hooks", map},
    {"improved_by", text},
    {"initialPrompt", text},
    {"isolation", text},
    {"keep-coding-instructions", any},
    {"keywords", any},
    {"license", text, true},
    {"lspServers", any},
    {"maxTurns", integer},
    {"mcpServers", any},
    {"memory", text},
    {"metadata", map, true},
    {"model", text},
    {"monitors", any},
    {"name", text, true},
    {"network", any},
    {"observeSubagents", boolean},
    {"observeToolResults", boolean},
    {"observer", text},
    {"observerMessage", text},
    {"omitClaudeMd", boolean},
    {"originSessionId", any},
    {"outputStyles", any},
    {"paths", list},
    {"permissionMode", text},
    {"repository", any},
    {"settings", any},
    {"shell", text},
    {"skills", list},
    {"themes", any},
    {"tools", list},
    {"type", any},
    {"user-invocable", boolean},
    {"userConfig", any},
    {"version", text},
    {"when_to_use", text},
    {"workflows", any},
};

constexpr std::string_view in_plugins = "a plugin's agent does not get it; leave it to the user's settings";
constexpr IneffectiveField ineffective[] = {
    {Kind::agent, "allowed-tools", "agents have `tools`; without it this one has every tool"},
    {Kind::agent, "disallowed-tools", "agents have `disallowedTools`"},
    {Kind::agent, "user-invocable", "only skills and commands are typed; remove it"},
    {Kind::agent, "disable-model-invocation", "only skills and commands have it; remove it"},
    {Kind::agent, "hooks", in_plugins, true},
    {Kind::agent, "mcpServers", in_plugins, true},
    {Kind::agent, "permissionMode", in_plugins, true},
    {Kind::skill, "tools", "skills have `allowed-tools`, which grants and does not limit"},
    {Kind::skill, "disallowedTools", "skills have `disallowed-tools`"},
    {Kind::skill, "permissionMode", "only agents have it; remove it"},
    {Kind::command, "tools", "commands have `allowed-tools`, which grants and does not limit"},
    {Kind::command, "disallowedTools", "commands have `disallowed-tools`"},
    {Kind::command, "permissionMode", "only agents have it; remove it"},
};

constexpr std::string_view contexts[] = {"fork", "inline"};
constexpr std::string_view efforts[] = {"low", "medium", "high", "xhigh", "max"};
constexpr std::string_view modes[] = {"default", "acceptEdits",       "plan",  "auto",
                                      "dontAsk", "bypassPermissions", "manual"};
constexpr std::string_view memories[] = {"user", "project", "local"};
constexpr std::string_view isolations[] = {"worktree", "remote"};
constexpr std::string_view colors[] = {"red", "blue", "green", "yellow", "purple", "orange", "pink", "cyan"};
constexpr std::string_view shells[] = {"bash", "powershell"};
constexpr std::string_view aliases[] = {"sonnet", "opus", "haiku", "fable", "best", "opusplan", "inherit"};

template <std::size_t N>
constexpr Span<std::string_view> of(const std::string_view (&values)[N]) {
  return {values, N};
}
constexpr ClosedField closed[] = {
    {"color", of(colors)},         {"context", of(contexts)}, {"effort", of(efforts), true},
    {"isolation", of(isolations)}, {"memory", of(memories)},  {"permissionMode", of(modes)},
    {"shell", of(shells)},
};

template <std::size_t N>
constexpr bool is_sorted_by_name(const ClientField (&table)[N]) {
  for (std::size_t i = 1; i < N; ++i)
    if (!(table[i - 1].name < table[i].name)) return false;
  return true;
}
static_assert(is_sorted_by_name(fields));

}  // namespace

const ClientField* find_client_field(std::string_view key) noexcept {
  const ClientField* found =
      std::lower_bound(std::begin(fields), std::end(fields), key,
                       [](const ClientField& field, std::string_view wanted) { return field.name < wanted; });
  return found != std::end(fields) && found->name == key ? found : nullptr;
}
Span<ClientField> client_fields() noexcept { return {fields, std::size(fields)}; }

Span<IneffectiveField> ineffective_fields() noexcept { return {ineffective, std::size(ineffective)}; }

const ClosedField* find_closed_field(std::string_view key) noexcept {
  for (const ClosedField& field : closed)
    if (field.name == key) return &field;
  return nullptr;
}

Span<std::string_view> model_aliases() noexcept { return of(aliases); }

// An alias or anything that names Claude; the client passes full names on without looking at them. "[1m]" asks for the
// long window.
bool is_model_name(std::string_view name) noexcept {
  constexpr std::string_view long_window = "[1m]";
  if (name.size() > long_window.size() && letters::equals_lower(name.substr(name.size() - 4), long_window))
    name.remove_suffix(4);
  for (const std::string_view alias : aliases)
    if (letters::equals_lower(name, alias)) return true;
  return name.find("claude-") != std::string_view::npos;
}

}  // namespace cascade
