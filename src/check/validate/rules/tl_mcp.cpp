// TL009 and SEC017: the servers of .mcp.json and plugin.json. One that is started from a registry must name its
// version, and one on another machine must not be reached in the clear: otherwise what runs can change without anybody
// here.
#include <initializer_list>
#include <vector>

#include "files/paths.h"
#include "manifest/fields.h"
#include "text/ascii.h"
#include "text/suggestion.h"
#include "text/word_set.h"
#include "validate/reading/lists.h"
#include "validate/reading/plugins.h"
#include "validate/reading/shell.h"
#include "validate/rules/checks.h"
#include "validate/rules/findings.h"

namespace cascade::validation {
namespace {

using syntax::Node, syntax::NodeKind;

// The host of an address, without user, port and path.
std::string_view url_host(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  if (const std::size_t at = url.rfind('@'); at != std::string_view::npos) url.remove_prefix(at + 1);
  if (!url.empty() && url.front() == '[') return url.substr(0, url.find(']') + 1);
  return url.substr(0, url.find(':'));
}

bool is_local(std::string_view host) {
  return letters::is_one_of(host, {"localhost", "0.0.0.0", "[::1]", "host.docker.internal"}) ||
         host.starts_with("127.") || (host.size() > 10 && host.ends_with(".localhost"));
}

// package@1.2.3, @scope/package@1.2, package==1.2.3; a tag (@latest) or a range pins nothing.
bool pins_version(std::string_view package) {
  std::size_t sign = package.find("==");
  if (sign != std::string_view::npos) return sign + 2 < package.size() && letters::is_digit(package[sign + 2]);
  sign = package.find('@', 1);
  return sign != std::string_view::npos && sign + 1 < package.size() && letters::is_digit(package[sign + 1]);
}

// "tide" of tide>=0.3 and tide@latest, "tide[extra]" of tide[extra]~=2, and "@pier/tide" of @pier/tide@^1.
std::string_view without_version(std::string_view package) {
  return letters::trim(package.substr(0, package.find_first_of("<>=!~;@ ", 1)));
}

bool is_registry_package(std::string_view word) {
  if (word.empty() || word.find("://") != std::string_view::npos || word.find_first_of("$\\") != std::string_view::npos)
    return false;
  return word.front() == '@' || letters::is_letter_or_digit(word.front());
}

// The package that npx or uvx is asked to run; null: it is not from the registry.
const Node* package_of(Span<Node> arguments) {
  for (std::size_t i = 0; i < arguments.size; ++i) {
    const Node& word = arguments[i];
    if (letters::is_one_of(word.text, {"--package", "-p", "--from"}) && i + 1 < arguments.size)
      return &arguments[i + 1];
    if (!word.text.empty() && word.text.front() != '-') return is_registry_package(word.text) ? &word : nullptr;
  }
  return nullptr;
}

class ServerCheck : FileJudge {
 public:
  using FileJudge::FileJudge;

  void check(const Node& name, const Node& server) {
    if (server.kind != NodeKind::map) {
      if (!document_.place().other)
        findings_.add("TL009", document_.at(name),
                      "the server " + name.text + " is " + std::string(describe(server.kind)),
                      "{ \"command\": ... } or { \"type\": \"http\", \"url\": ... }");
      return;
    }
    if (!document_.place().other) shape(name, server);
    if (const Node* url = server.find("url"); is_text(url)) check_url(*url);
    const Node *command = server.find("command"), *arguments = server.find("args");
    if (is_text(command) && is_list(arguments))
      started(with(*command, arguments->items), 0);
    else if (is_list(command) && !command->items.empty())  // some clients have one list of both
      started(command->items, 0);
  }

 private:
  void shape(const Node& name, const Node& server) {
    const Node *type = server.find("type"), *command = server.find("command"), *url = server.find("url");
    const auto wrong = [&](const Node& at, const std::string& message, const std::string& help) {
      findings_.add("TL009", document_.at(at), message, help);
    };
    if (command == nullptr && url == nullptr)
      return wrong(name, "the server " + name.text + " has neither a command nor a url", "the client skips it");
    if (command != nullptr && url != nullptr)
      return wrong(name, "the server " + name.text + " has a command and a url", "keep one of them");
    if (type == nullptr && url != nullptr)
      wrong(name, "the server " + name.text + " has a url and no type", "add \"type\": \"http\" or \"sse\"");
    if (type == nullptr) return;
    const McpTransport* transport = is_text(type) ? find_mcp_transport(type->text) : nullptr;
    if (transport == nullptr)
      wrong(*type, "there are no servers of type \"" + type->text + "\"", "one of stdio, sse, http, ws");
    else if (transport->remote != (url != nullptr))
      wrong(*type, "a " + type->text + " server needs a " + (transport->remote ? "url" : "command"), "");
  }

  void check_url(const Node& url) {
    const std::string_view host = url_host(url.text);
    if (url.text.starts_with("http://") && !host.empty() && !is_local(host) && host.front() != '$')
      findings_.add("SEC017", document_.at(url), "the server is reached over plain http", "use https");
  }

  static std::vector<Node> with(const Node& command, std::vector<Node> words) {
    words.insert(words.begin(), command);
    return words;
  }

  // The words of a program, without those that only start another: cmd /c, env, bash -c "...", pnpm dlx.
  void started(std::vector<Node> words, int depth) {
    constexpr int deepest = 3;
    const auto is = [&](std::size_t i, std::initializer_list<std::string_view> names) {
      return i < words.size() && letters::is_one_of_lower(files::file_name(words[i].text), names);
    };
    if (words.empty() || depth > deepest) return;
    if (is(0, {"cmd", "cmd.exe"}) && is(1, {"/c", "c"})) return started({words.begin() + 2, words.end()}, depth + 1);
    if (is(0, {"env"})) return started({words.begin() + 1, words.end()}, depth + 1);
    if (is(0, {"sh", "bash", "zsh"}) && words.size() > 2 && words[1].text.ends_with('c')) {
      for (const ShellCommand& part : parse_shell(words[2].text)) {
        std::vector<Node> inner;
        for (std::size_t i = part.first_argument() - (part.program().empty() ? 0 : 1); i < part.words.size(); ++i) {
          inner.push_back(words[2]);
          inner.back().text = part.words[i];
        }
        started(std::move(inner), depth + 1);
      }
      return;
    }
    std::string runner = words[0].text;
    std::size_t own = 1;
    if ((is(0, {"pnpm", "yarn"}) && is(1, {"dlx"})) || (is(0, {"npm"}) && is(1, {"exec", "x"}))) {
      runner = "npx";
      own = 2;
    }
    const Span<Node> rest{words.data() + own, words.size() - own};
    if (is(0, {"docker", "podman"}) && is(1, {"run"})) return image({words.data() + 2, words.size() - 2});
    if (runner == "npx" || runner == "uvx" || runner == "bunx") package(runner, rest);
  }

  void package(const std::string& runner, Span<Node> arguments) {
    const Node* package = package_of(arguments);
    if (package == nullptr || !is_registry_package(package->text) || pins_version(package->text)) return;
    findings_.add(
        "SEC017", document_.at(*package), package->text + " has no pinned version",
        "name one, as in " + std::string(without_version(package->text)) + (runner == "uvx" ? "==1.2.3" : "@1.2.3"));
  }

  // The image is the first word that is no option and no option's value.
  void image(Span<Node> arguments) {
    for (std::size_t i = 0; i < arguments.size; ++i) {
      const std::string& word = arguments[i].text;
      if (letters::is_one_of(word, lists::image_options)) ++i;
      if (word.starts_with('-') || word.empty()) continue;
      const std::string_view name = std::string_view(word).substr(word.rfind('/') + 1);
      const bool own = word.find_first_of("$\\") != std::string::npos || name.ends_with(":local");
      if (!own && (name.find_first_of(":@") == std::string_view::npos || name.ends_with(":latest")))
        findings_.add("SEC017", document_.at(arguments[i]), word + " has no pinned version",
                      "name its version, as in " + word.substr(0, word.rfind(":latest")) + ":1.2.3");
      return;
    }
  }
};

}  // namespace

void check_mcp_servers(const Context& context, const Document& document, Findings& findings) {
  const auto& other = document.place().other;
  const bool among_settings = other && other->settings != nullptr;
  if ((document.role() != Role::mcp && document.role() != Role::plugin && !among_settings) ||
      !document.parsed().complete)
    return;
  const Node& root = document.data();
  const Node* servers = root.find(among_settings ? other->settings->servers : "mcpServers");
  if (servers == nullptr && document.role() == Role::mcp) {
    if (root.kind != NodeKind::map)
      findings.add("TL009", document.at_line(1),
                   std::string(files::file_name(document.path())) + " must hold one object",
                   "{ \"mcpServers\": { ... } }");
    servers = &root;
  }
  if (!is_map(servers)) return;
  ServerCheck check(context, document, findings);
  for (std::size_t i = 0; i < servers->size(); ++i) check.check(servers->key(i), servers->value(i));
}

// TL002: tools of MCP servers that nothing here configures. Where no server is configured at all, nothing is reported:
// then the configuration is elsewhere.
namespace {

// Servers that a user connects to the account, as mcp__claude_ai_Harbour__list: no file configures them.
constexpr std::string_view connector = "claude_ai_";

// The servers that a manifest may use: those of its own plugin or folder, of the project around it, of the agent
// itself, and those in the configuration. Plugins' servers are also called plugin_<plugin>_<server>.
std::set<std::string> servers_in_scope(const Context& context, const Document& document, bool& declared) {
  std::set<std::string> names;
  for (const ServerFacts& facts : context.facts.servers) {
    if (!facts.base.empty() && !files::is_within(facts.base, document.path())) continue;
    declared = true;
    names.insert(facts.servers.begin(), facts.servers.end());
    if (const PluginFacts* plugin = context.facts.plugin(facts.base))
      for (const std::string& server : facts.servers) names.insert("plugin_" + plugin->name + "_" + server);
  }
  if (const Node* own = document.field("mcpServers"); own != nullptr) {
    declared = true;
    if (own->kind == syntax::NodeKind::map)
      for (std::size_t i = 0; i < own->size(); ++i) names.insert(own->key(i).text);
    else
      for (const manifest::Item& item : manifest::items_of(*own, document.lines(), true)) names.insert(item.text);
  }
  const std::vector<std::string>& known = context.policy().known.mcp_servers;
  names.insert(known.begin(), known.end());
  return names;
}

// `plugin_harbour_boats`: a server of a plugin that is not here, which no file of this tree could declare.
bool is_of_other_plugin(const Context& context, std::string_view server) {
  constexpr std::string_view prefix = "plugin_";
  if (!server.starts_with(prefix)) return false;
  server.remove_prefix(prefix.size());
  for (const PluginFacts& plugin : context.facts.plugins)
    if (server.starts_with(plugin.name) && server.substr(plugin.name.size(), 1) == "_") return false;
  return true;
}

}  // namespace

void check_tool_servers(const Context& context, const Document& document, Findings& findings) {
  if (!is_manifest(document.role())) return;
  bool declared = false;
  std::optional<std::set<std::string>> servers;
  std::set<std::string> said;  // each server once
  for (const std::string_view field : tool_fields) {
    const Node* value = document.field(field);
    if (value == nullptr) continue;
    for (const manifest::Item& item : manifest::items_of(*value, document.lines(), true)) {
      const auto tool = ToolName::parse(item.text);
      if (!tool || tool->server.empty()) continue;
      if (!servers) servers = servers_in_scope(context, document, declared);
      if (!declared) return;
      if (tool->server.starts_with(connector) || servers->count(tool->server) != 0 || !said.insert(tool->server).second)
        continue;
      const std::string near = letters::did_you_mean(tool->server, {servers->begin(), servers->end()});
      if (near.empty() && is_of_other_plugin(context, tool->server)) continue;
      findings.add("TL002", at_item(document, item), "no configuration declares the server \"" + tool->server + "\"",
                   near.empty() ? "declare it in .mcp.json, or list it in cascade.yaml's known.mcp_servers" : near);
    }
  }
}

void check_permission_modes(const Context&, const Document& document, Findings& findings) {
  const Node* mode = nullptr;
  if (document.role() == Role::agent) mode = document.field("permissionMode");
  if (document.role() == Role::settings) {
    if (const Node* permissions = document.field("permissions"); is_map(permissions))
      mode = permissions->find("defaultMode");
    if (mode == nullptr) mode = document.field("defaultMode");
    if (mode != nullptr && mode->text == "dontAsk") mode = nullptr;  // there it refuses everything that is not allowed
  }
  if (mode != nullptr && letters::is_one_of(mode->text, {"bypassPermissions", "dontAsk"}))
    findings.add("TL006", document.at(*mode), mode->text + " switches permission prompts off",
                 "whoever uses this repository gets it, too; write default");
}

}  // namespace cascade::validation
