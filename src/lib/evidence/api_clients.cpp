// Clients whose words contain a request or command for elsewhere: gh api, kubectl exec, ansible's modules.
#include "evidence/programs.h"
#include "evidence/verb_rules.h"
#include "evidence/word_lists.h"
#include "evidence/words.h"
#include "text/ascii.h"

namespace cascade::evidence {
namespace {

constexpr std::string_view api_values =
    "-X --method -f --raw-field -F --field --input -H --header -q --jq -t --template --cache --hostname -p --preview "
    "-R --repo";

// gh api PATH: with fields it is a POST.
void judge_api(const shell::Call& call, std::vector<Finding>& found) {
  const Words words(call, api_values);
  std::string method = words.value("-X --method");
  for (char& c : method) c = letters::to_upper(c);
  const bool sends = words.has_any("-f -F --field --raw-field --input");
  if (method.empty()) method = sends ? "POST" : "GET";
  const std::string path(words.operand(1));
  if (path.empty() || words.has("--help")) return;
  if (path == "graphql") {  // the query decides
    std::string query;
    for (const shell::Value& word : call.words) query += word.text + " ";
    if (query.find("mutation") == std::string::npos) method = "GET";
  }
  found.push_back(method == "GET" || method == "HEAD" ? witness(call, Interface::cli, path)
                                                      : effect(call, Kind::change, path));
  found.back().subcommand = "api " + method;
}

// Joins the words after `--` to one line.
std::string line_behind(const shell::Call& call) {
  std::string line;
  bool behind = false;
  for (const shell::Value& word : call.words) {
    if (behind) line += (line.empty() ? "" : " ") + spelled(word);
    behind = behind || word.text == "--";
  }
  return line;
}

void judge_exec(const shell::Call& call, const Words& words, std::vector<Finding>& found) {
  const std::string line = line_behind(call);
  const std::string target(words.operand(1));
  if (line.empty()) return;
  const Remote remote = read_remote(line);
  if (remote.changes)
    found.push_back(effect(call, Kind::change, target));
  else if (remote.shows)
    found.push_back(witness(call, Interface::cli, target));
}

// kubectl and helm on a local cluster change nothing outside.
bool is_own_cluster(const Words& words) {
  return begins_with_one(list::own_clusters, words.value("--context --kube-context"));
}

// ansible HOSTS -m MODULE -a ARGUMENTS
void judge_ansible(const shell::Call& call, std::vector<Finding>& found) {
  const Words words(call, options_with_value("ansible"));
  const std::string hosts(words.operand(0)), module = words.value("-m --module-name"), line = words.value("-a --args");
  if (hosts.empty() || hosts == "localhost" || words.has_any("--list-hosts -C --check")) return;
  const std::string_view last = std::string_view(module).substr(module.rfind('.') + 1);
  Remote remote;
  if (last.empty() || lists("command shell raw", last))
    remote = read_remote(line);
  else if (lists("ping setup stat debug gather_facts service_facts package_facts fetch slurp uri", last))
    remote.shows = true;
  else
    remote.changes = true;
  if (remote.changes)
    found.push_back(effect(call, Kind::change, hosts));
  else if (remote.shows)
    found.push_back(witness(call, Interface::cli, hosts));
}

}  // namespace

bool find_api_client(const shell::Call& call, std::vector<Finding>& found) {
  const Words words(call, options_with_value(call.program));
  if ((call.program == "gh" || call.program == "glab") && words.operand(0) == "api") {
    judge_api(call, found);
  } else if (lists("kubectl oc helm", call.program) && is_own_cluster(words)) {
    return true;
  } else if (lists("kubectl oc", call.program) && words.operand(0) == "exec") {
    judge_exec(call, words, found);
  } else if (lists("fly flyctl", call.program) && words.operand(0) == "ssh") {
    const Remote remote = read_remote(words.value("-C --command"));
    std::string target = words.value("-a --app");
    if (target.empty()) target = "fly";
    if (remote.changes)
      found.push_back(effect(call, Kind::change, target));
    else if (remote.shows)
      found.push_back(witness(call, Interface::cli, target));
  } else if (call.program == "gh" && words.operand(0) == "workflow" && words.operand(1) == "run") {
    const std::string name(words.operand(2));
    const bool deploys = has_part(list::deploying_workflows, letters::to_lower(name));
    if (!words.has("--help"))
      found.push_back(effect(call, deploys ? Kind::deploy : Kind::change, name.empty() ? "workflow" : name));
  } else if (call.program == "ansible") {
    judge_ansible(call, found);
  } else {
    return false;
  }
  return true;
}

}  // namespace cascade::evidence
