// Containers on another machine or from a production file; local ones do not count as outside.
#include "evidence/programs.h"
#include "evidence/verb_rules.h"
#include "evidence/word_lists.h"
#include "evidence/words.h"
#include "text/ascii.h"

namespace cascade::evidence {
namespace {

// Returns where the daemon runs: --context, -H, DOCKER_HOST; empty: here.
std::string elsewhere(const shell::Call& call, const Words& words) {
  const std::string context = words.value("--context -c");
  if (!context.empty() && !lists("default desktop-linux rootless", context)) return context;
  std::string host = words.value("-H --host");
  for (const shell::Setting& setting : call.environment)
    if ((setting.name == "DOCKER_HOST" || setting.name == "DOCKER_CONTEXT") && setting.value)
      host = spelled(*setting.value);
  const bool here = host.substr(0, 7) == "unix://" || host == "default" || is_own_machine(host);
  return here ? std::string() : host;
}

// A compose file other than the one for development.
bool is_production(const std::string& file) { return has_part(list::production, letters::to_lower(file)); }

// Options with a value of verbs for single containers. Their -f takes none: `rm -f`, `logs -f`.
constexpr std::string_view container_values =
    "-c --context -H --host --config -l --log-level -t --time -n --tail --since --until --format --filter -s --signal "
    "-e --env --env-file -u --user -w --workdir --name --network --mount --label -p -v";

void judge(const Words& words, std::size_t first, const std::string& where, const std::string& target,
           std::vector<Finding>& found) {
  const std::string_view verb = words.operand(first);
  const bool named = !words.operand(first + 1).empty();
  const std::string what = target.empty() ? (named ? std::string(words.operand(first + 1)) : where) : target;
  if (lists("up start restart run create scale stack update rollback unpause", verb)) {
    if (!only_rehearses(words)) found.push_back(effect(words.call(), Kind::deploy, what));
  } else if (lists("down stop rm kill rmi prune exec cp rename pause load tag", verb)) {
    if (!only_rehearses(words)) found.push_back(effect(words.call(), Kind::change, what));
  } else if (lists("ps logs ls top inspect images info stats port version container", verb)) {
    found.push_back(witness(words.call(), Interface::cli, what));
  } else {
    return;
  }
  found.back().subcommand = verb;
  if (!where.empty()) found.back().names.push_back(where);
}

}  // namespace

bool find_containers(const shell::Call& call, std::vector<Finding>& found) {
  const bool plain = lists("docker podman nerdctl", call.program);
  const bool compose = lists("docker-compose podman-compose", call.program);
  if (!plain && !compose) return false;
  const Words words(call, options_with_value(call.program));
  const std::string where = elsewhere(call, words);
  const bool is_compose = compose || words.operand(0) == "compose";
  const std::size_t first = plain && is_compose ? 1 : 0;
  if (is_compose && words.operand(first) != "push") {
    const std::string file = words.value("-f --file");
    const bool counts = !where.empty() || is_production(file) || is_production(words.value("-p --project-name"));
    if (counts) judge(words, first, where, file, found);
    return true;
  }
  // The table covers swarm, registries and builds.
  if (lists("push image manifest buildx build stack service node secret config", words.operand(0))) return false;
  if (!where.empty()) judge(Words(call, container_values), first, where, {}, found);
  return true;
}

}  // namespace cascade::evidence
