// Clients whose words contain a request or command for elsewhere: gh api, kubectl exec, ansible's modules.
#include "evidence/verb_rules.h"

#include <algorithm>
#include <span>

#include "evidence/words.h"
#include "text/ascii.h"
#include "text/letter_case.h"

namespace cascade::evidence {
namespace {

constexpr std::string_view api_values =
    "-X --method -f --raw-field -F --field --input -H --header -q --jq -t --template --cache --hostname -p --preview "
    "-R --repo";

// gh api PATH: with fields it is a POST.
void judge_api(const shell::Call& call, std::vector<Finding>& found) {
  const Words words(call, api_values);
  std::string method = upper(words.value("-X --method"));
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
  add_remote(call, remote, hosts, found);
}

// Clouds name their operations alike: describe, list and get show something; create, update and delete change
// something.

// Compares the first part of an operation: "describe" of describe-stacks.
bool begins_with_verb(std::span<const std::string_view> verbs, std::string_view operation) {
  return std::ranges::any_of(verbs, [&](std::string_view verb) {
    return operation.starts_with(verb) && (operation.size() == verb.size() || operation[verb.size()] == '-');
  });
}

// Copies and lists of stored files: aws s3, gsutil, rclone. A download changes only this machine.
void judge_storage(const Words& words, std::size_t first, std::string_view verb, std::vector<Finding>& found) {
  const std::string& program = words.call().program;
  const std::string_view last =
      words.operands().size() > first ? std::string_view(words.operands().back()) : std::string_view();
  const bool is_named = program == "mc" || (program == "rclone" && last.find(':') != std::string_view::npos);
  if (last.empty() || (!is_named && !last.starts_with("s3://") && !last.starts_with("gs://"))) return;
  const bool tries = words.has_letter('n') && (verb == "rsync" || !lists("aws gcloud gsutil", program));
  if (lists("ls lsl lsf lsd lsjson stat cat du hash size check info md5sum", verb))
    found.push_back(witness(words.call(), Interface::cli, std::string(last)));
  else if (is_in(list::storage_changes, verb) && !tries && !only_rehearses(words))
    found.push_back(effect(words.call(), Kind::change, std::string(last)));
}

// The words after a group, its subgroups and the verb name what it is about; aws names it by options.
void judge_operation(const Words& words, std::vector<Finding>& found) {
  const auto& operands = words.operands();
  const bool is_aws = words.call().program == "aws";
  const auto is_verb = [](const std::string& word) {
    return begins_with_verb(list::cloud_shows, word) || begins_with_verb(list::cloud_changes, word);
  };
  const auto end = is_aws ? operands.begin() + 2 : operands.end();  // what follows there is a value
  const auto verb = std::find_if(operands.begin() + 1, end, is_verb);
  if (verb == end || is_in(list::cloud_idle, operands.front()) || is_in(list::cloud_neither, *verb)) return;
  const std::string& group = operands.front();
  const bool builds = *verb == "submit" || *verb == "build";
  std::string target;
  for (const std::string_view option : list::cloud_targets)
    if (target.empty() && (is_aws || builds || words.call().program == "az")) target = words.value(option);
  if (target.empty() && verb + 1 != operands.end()) target = *(verb + 1);
  if (target.empty()) target = letters::joined(std::span(operands.begin(), verb), "/");
  if (begins_with_verb(list::cloud_shows, *verb)) {
    found.push_back(witness(words.call(), Interface::cli, target));
  } else if (!only_rehearses(words)) {
    const bool publishes = (group == "builds" && *verb == "submit") || (group == "acr" && *verb == "build");
    const bool deploys = is_in(list::cloud_deploys, *verb) || is_in(list::cloud_deploys, group + "/" + *verb);
    found.push_back(effect(words.call(), publishes ? Kind::publish : deploys ? Kind::deploy : Kind::change, target));
  }
  if (!found.empty()) found.back().subcommand = group + " " + *verb;
}

// Containers on another machine or from a production file; local ones do not count as outside.

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

// Databases: the verb of a statement decides what it does.

enum class Doing : std::uint8_t { nothing, reads, writes };

// One statement of SQL, or a backslash command of psql.
Doing read_statement(std::string_view text) {
  text = letters::trim_white(text);
  if (text.empty()) return Doing::nothing;
  if (text.front() == '\\')
    return text.substr(0, 2) == "\\d" || text.substr(0, 2) == "\\l" ? Doing::reads : Doing::nothing;
  const std::string small = letters::to_lower(text);
  const std::string verb = small.substr(0, std::min(small.find_first_of(" \t\n(;"), small.size()));
  // EXPLAIN ANALYZE runs its statement, and WITH may hide one that writes.
  if (verb == "with" || verb == "explain") {
    if (has_part(list::sql_hidden_changes, small) && (verb == "with" || small.find("analyze") != std::string::npos))
      return Doing::writes;
    return Doing::reads;
  }
  if (lists("select table values", verb)) {
    if (small.find(" into ") != std::string::npos && small.find("insert") == std::string::npos) return Doing::writes;
    // A constant shows only that the server answers, not its data.
    return small.find(" from ") == std::string::npos && small.find("from\n") == std::string::npos &&
                   small.find('(') == std::string::npos
               ? Doing::nothing
               : Doing::reads;
  }
  if (is_in(list::sql_shows, verb)) return Doing::reads;
  return is_in(list::sql_changes, verb) ? Doing::writes : Doing::nothing;
}

// The strongest of the statements; with a rollback anywhere none of them lasts.
Doing read_statements(std::string_view text) {
  if (letters::to_lower(text).find("rollback") != std::string::npos) return Doing::nothing;
  Doing deed = Doing::nothing;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    deed = std::max(deed, read_statement(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return deed;
}

// A mongosh script, judged by its methods.
Doing read_script(std::string_view text) {
  const std::string small = letters::to_lower(text);
  if (has_part(list::mongo_changes, small)) return Doing::writes;
  return has_part(list::mongo_shows, small) ? Doing::reads : Doing::nothing;
}

// Names a database by its address: "postgres://user@host/shop" is "shop", with the host as another name.
void name_by_address(std::string_view address, Finding& finding) {
  const Address read = read_address(address);
  if (read.host.empty()) return;
  finding.names.push_back(read.host);
  if (read.path.size() > 1) finding.target = read.path.substr(1);
}

bool is_address(std::string_view word) { return word.find("://") != std::string_view::npos; }

void judge_client(const shell::Call& call, const DatabaseClient& client, std::vector<Finding>& found) {
  const Words words(call, client.takes);
  const bool is_mongo = client.names.substr(0, 5) == "mongo";
  std::string statement = words.value(client.statement);
  const bool has_file = !words.value(client.file).empty(), lists_only = words.has_any("-l --list");
  if (statement.empty() && call.input) statement = *call.input;
  Doing deed = is_mongo ? read_script(statement) : read_statements(statement);
  // Files are not read; statements from a file are assumed to change something.
  if (statement.empty() && (has_file || call.reads)) deed = Doing::writes;
  if (lists_only) deed = Doing::reads;
  if (deed == Doing::nothing || words.has("--help")) return;
  std::string where;
  for (const std::string& operand : words.operands())
    if (is_address(operand) || where.empty()) where = operand;
  if (const std::string named = words.value(client.database); !named.empty()) where = named;
  const std::string host = words.value(client.host);
  if (is_own_machine(host) || (is_address(where) && is_own_machine(where))) return;
  if (host.empty() && is_mongo && where.empty()) return;  // the local server
  Finding finding = deed == Doing::writes ? effect(call, Kind::change, where) : witness(call, Interface::cli, where);
  if (is_address(where)) name_by_address(where, finding);
  if (!host.empty()) finding.names.push_back(host);
  if (finding.target.empty()) finding.target = host.empty() ? call.program : host;
  found.push_back(std::move(finding));
}

void judge_redis(const shell::Call& call, std::vector<Finding>& found) {
  const Words words(call, options_with_value(call.program));
  const std::string address = words.value("-u");
  const std::string host = address.empty() ? words.value("-h") : read_address(address).host;
  if (host.empty() || is_own_machine(host)) return;
  const std::string verb = letters::to_lower(words.operand(0));
  if (verb.empty() || verb == "ping" || verb == "monitor") return;
  if (is_in(list::redis_shows, verb))
    found.push_back(witness(call, Interface::cli, host));
  else
    found.push_back(effect(call, Kind::change, host));
  if (!words.operand(1).empty()) found.back().names.emplace_back(words.operand(1));
}

// python manage.py migrate: Django.
bool judge_django(const shell::Call& call, std::vector<Finding>& found) {
  const Words words(call, "--database --settings --app");
  const bool by_python = call.program.starts_with("python") && words.operand(0).ends_with("manage.py");
  if (!by_python && !lists("manage.py django-admin", call.program)) return false;
  const std::string_view verb = words.operand(by_python ? 1 : 0);
  std::string target = words.value("--database");
  if (target.empty()) target = "manage.py";
  if (verb == "showmigrations")
    found.push_back(witness(call, Interface::cli, target));
  else if (is_in(list::django_changes, verb) && !only_rehearses(words))
    found.push_back(effect(call, Kind::change, target));
  return true;
}

// php artisan migrate: Laravel; bin/console doctrine:migrations:migrate: Symfony.
bool judge_php(const shell::Call& call, std::vector<Finding>& found) {
  const Words words(call, "--database --env");
  const bool by_php = call.program == "php";
  const std::string_view script = by_php ? words.operand(0) : std::string_view(call.program);
  const bool known = script == "artisan" || script == "bin/console" || script == "console";
  if (!known) return false;
  const std::string_view verb = words.operand(by_php ? 1 : 0);
  if (verb == "migrate:status" || verb == "doctrine:migrations:status")
    found.push_back(witness(call, Interface::cli, std::string(script)));
  else if ((verb.substr(0, 7) == "migrate" || verb == "db:seed" || verb == "doctrine:migrations:migrate") &&
           !only_rehearses(words))
    found.push_back(effect(call, Kind::change, std::string(script)));
  return true;
}

}  // namespace

bool find_api_client(const shell::Call& call, std::vector<Finding>& found) {
  const Words words(call, options_with_value(call.program));
  if ((call.program == "gh" || call.program == "glab") && words.operand(0) == "api") {
    judge_api(call, found);
  } else if (lists("kubectl oc helm", call.program) &&
             begins_with_one(list::own_clusters, words.value("--context --kube-context"))) {
    return true;  // kubectl and helm on a local cluster change nothing outside
  } else if (lists("kubectl oc", call.program) && words.operand(0) == "exec") {
    if (const std::string line = line_behind(call); !line.empty())
      add_remote(call, read_remote(line), std::string(words.operand(1)), found);
  } else if (lists("fly flyctl", call.program) && words.operand(0) == "ssh") {
    const std::string app = words.value("-a --app");
    add_remote(call, read_remote(words.value("-C --command")), app.empty() ? "fly" : app, found);
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

bool find_cloud(const shell::Call& call, std::vector<Finding>& found) {
  if (!lists("aws awslocal gcloud gsutil az doctl rclone s3cmd s5cmd mc", call.program)) return false;
  const Words words(call, options_with_value(call.program));
  const std::string_view group = words.operand(0), operation = words.operand(1);
  if (call.program == "awslocal" || is_own_machine(words.value("--endpoint-url"))) return true;
  if (lists("gsutil rclone s3cmd s5cmd mc", call.program)) {
    judge_storage(words, 1, group, found);
  } else if ((call.program == "aws" && group == "s3") || (call.program == "gcloud" && group == "storage")) {
    if (operation != "presign") judge_storage(words, 2, operation, found);
  } else if (call.program == "gcloud" && group == "compute" && operation == "scp" && words.operands().size() > 2) {
    found.push_back(effect(call, Kind::change, words.operands().back()));
  } else if (call.program == "gcloud" && group == "compute" && operation == "ssh") {
    add_remote(call, read_remote(words.value("--command")), std::string(words.operand(2)), found);
  } else if (!operation.empty()) {
    judge_operation(words, found);
  }
  return true;
}

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

bool find_database(const shell::Call& call, std::vector<Finding>& found) {
  for (const DatabaseClient& client : database_clients())
    if (lists(client.names, call.program)) {
      judge_client(call, client, found);
      return true;
    }
  if (call.program == "redis-cli" || call.program == "valkey-cli") {
    judge_redis(call, found);
    return true;
  }
  if (lists("pg_restore createdb dropdb mysqlimport mongorestore mysqladmin", call.program)) {
    const Words words(call, options_with_value(call.program));
    const std::string host = words.value("-h --host --uri");
    const bool creates = call.program != "mysqladmin" || lists("create drop", words.operand(0));
    if (!host.empty() && !is_own_machine(host) && creates && !words.has_any("-l --list"))
      found.push_back(effect(call, Kind::change, host));
    return true;
  }
  return judge_django(call, found) || judge_php(call, found);
}

}  // namespace cascade::evidence
