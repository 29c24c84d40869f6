// A project's scripts: only their name tells what they do.
#include "evidence/programs.h"
#include "evidence/verb_rules.h"
#include "evidence/word_lists.h"
#include "evidence/words.h"
#include "text/ascii.h"

namespace cascade::evidence {
namespace {

// Returns the last part of a path without its extension: "deploy" of ./scripts/deploy.sh.
std::string stem(std::string_view path) {
  std::string name = letters::to_lower(path.substr(path.rfind('/') + 1));
  const std::size_t dot = name.rfind('.');
  if (dot != std::string::npos && dot > 0 &&
      lists("sh bash zsh py js mjs cjs ts rb pl php ps1 cmd bat", name.substr(dot + 1)))
    name.resize(dot);
  return name;
}

// "deploy", "deploy-prod", "deploy:staging", "publish"; not "deploy-docs-check" or "predeploy".
std::optional<Kind> kind_by_name(const std::string& name) {
  if (has_part(list::idle_scripts, name)) return std::nullopt;
  const auto is_called = [&](std::string_view verb) {
    return name == verb || (name.substr(0, verb.size()) == verb && !letters::is_letter_or_digit(name[verb.size()]));
  };
  if (is_called("deploy")) return Kind::deploy;
  if (is_called("publish")) return Kind::publish;
  return std::nullopt;
}

void add(const shell::Call& call, const Words& words, const std::string& name, std::string target,
         std::vector<Finding>& found) {
  const auto kind = kind_by_name(stem(name));
  if (!kind || only_rehearses(words)) return;
  found.push_back(effect(call, *kind, std::move(target)));
  found.back().subcommand = stem(name);
  found.back().names.push_back(name);
}

bool runs_files(std::string_view program) {
  return program.substr(0, 6) == "python" ||
         lists("bash sh zsh dash node ruby perl php tsx ts-node deno bun pwsh", program);
}

}  // namespace

bool find_script(const shell::Call& call, std::vector<Finding>& found) {
  const std::string& path = call.words.front().text;
  const Words words(call, "-C -f -j --prefix --cwd -w --filter");
  const std::size_t before = found.size();
  if (path.find('/') != std::string::npos && path.find("/bin/") == std::string::npos) {
    add(call, words, path, words.operands().empty() ? path : words.operands().front(), found);
  } else if (runs_files(call.program)) {
    if (!words.has_any("-n -c -e -m --check") && !words.operand(0).empty())
      add(call, words, words.operands().front(),
          words.operands().size() > 1 ? words.operands()[1] : words.operands()[0], found);
  } else if (lists("make gmake just task invoke rake mage nox", call.program)) {
    if (words.has_letter('n') || words.has("--question")) return true;
    for (const std::string& target : words.operands()) add(call, words, target, target, found);
  } else if (lists("npm pnpm yarn bun composer deno", call.program)) {
    const bool runs = lists("run run-script task", words.operand(0));
    const std::string_view name = runs ? words.operand(1) : call.program == "yarn" ? words.operand(0) : "";
    if (!name.empty()) add(call, words, std::string(name), std::string(name), found);
  }
  return found.size() > before;
}

}  // namespace cascade::evidence
