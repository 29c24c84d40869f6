// Databases: the verb of a statement decides what it does.
#include <algorithm>

#include "evidence/programs.h"
#include "evidence/verb_rules.h"
#include "evidence/word_lists.h"
#include "evidence/words.h"
#include "text/ascii.h"
#include "text/space.h"

namespace cascade::evidence {
namespace {

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
  if (is_in(list::sql_neither, verb)) return Doing::nothing;
  if (is_in(list::sql_changes, verb)) return Doing::writes;
  return Doing::nothing;
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
  if (has_part(list::mongo_shows, small)) return Doing::reads;
  return Doing::nothing;
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
  const bool has_file = !client.file.empty() && !words.value(client.file).empty();
  if (statement.empty() && call.input) statement = *call.input;
  Doing deed = is_mongo ? read_script(statement) : read_statements(statement);
  // Files are not read; statements from a file are assumed to change something.
  if (statement.empty() && (has_file || (call.reads && !words.has("--list") && !words.has("-l")))) deed = Doing::writes;
  const bool lists_only = words.has("-l") || words.has("--list");
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
  const bool by_python = call.program.substr(0, 6) == "python";
  std::size_t at = 0;
  if (by_python) {
    if (words.operand(0).size() < 9 || words.operand(0).substr(words.operand(0).size() - 9) != "manage.py")
      return false;
    at = 1;
  } else if (call.program != "manage.py" && call.program != "django-admin") {
    return false;
  }
  std::string target = words.value("--database");
  if (target.empty()) target = "manage.py";
  if (words.operand(at) == "showmigrations")
    found.push_back(witness(call, Interface::cli, target));
  else if (is_in(list::django_changes, words.operand(at)) && !only_rehearses(words))
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
    if (!host.empty() && !is_own_machine(host) && creates && !words.has("-l") && !words.has("--list"))
      found.push_back(effect(call, Kind::change, host));
    return true;
  }
  return judge_django(call, found) || judge_php(call, found);
}

}  // namespace cascade::evidence
