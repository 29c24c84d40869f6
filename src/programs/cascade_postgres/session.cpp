// Each question is one statement or one batch, and every failure becomes a kind that the caller can act on: try the
// transaction again, give up the connection, or show the message. Which SQLSTATEs mean which kind is decided in
// kind_of() alone. Messages pass without_secrets(), because libpq quotes the address.
#include "cascade_postgres/session.h"

#include <libpq-fe.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <string_view>

#include "syntax/put.h"
#include "text/ascii.h"

namespace cascade::postgres {
namespace {

using syntax::JsonWriter, syntax::Node, syntax::NodeKind;

// The server does not wait for a client that disappears in the middle of a transaction: its locks end with it. The
// settings are made in each transaction, because behind a pooler the next one may use another connection.
constexpr const char* begin_statement =
    "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = 10000; SET LOCAL statement_timeout = 12000; "
    "SET LOCAL idle_in_transaction_session_timeout = 10000";

constexpr Oid bigint_type = 20, text_type = 25;  // pg_type.dat; the same in every server

struct Close {
  void operator()(PGconn* connection) const noexcept { PQfinish(connection); }
  void operator()(PGresult* result) const noexcept { PQclear(result); }
};
using Connection = std::unique_ptr<PGconn, Close>;
using Rows = std::unique_ptr<PGresult, Close>;

std::string failed(std::string_view kind, const std::string& message, const std::string& help = "") {
  JsonWriter json(JsonWriter::Style::compact);
  put(json.begin_object(), "error", kind, "message", message);
  if (!help.empty()) put(json, "help", help);
  return json.end_object().take();
}

// SQLSTATE (PostgreSQL's appendix A). If two clients create a table at the same time, one of them gets a duplicate
// error.
std::string_view kind_of(const std::string& state) {
  for (const char* again : {"40001", "40P01", "55P03", "23505", "42P07"})
    if (state == again) return "again";
  if (state == "42P01" || state == "3F000") return "table";
  const std::string_view family = std::string_view(state).substr(0, 2);
  return state.empty() || family == "08" || family == "57" ? "unreachable" : "refused";
}

std::string first_line(std::string text) {
  text.resize(std::min(text.find('\n'), text.size()));
  return text;
}

std::string rows_as_json(const PGresult* rows) {
  JsonWriter json(JsonWriter::Style::compact);
  const int columns = PQnfields(rows), count = PQntuples(rows);
  put(json.begin_object(), "columns", columns).key("rows").begin_array();
  for (int row = 0; row < count; ++row) {
    json.begin_array();
    for (int column = 0; column < columns; ++column)
      PQgetisnull(rows, row, column) != 0
          ? json.null()
          : json.string({PQgetvalue(rows, row, column), static_cast<std::size_t>(PQgetlength(rows, row, column))});
    json.end_array();
  }
  return json.end_array().end_object().take();
}

// libpq reads more than the address: variables, a service file, a file of passwords. So the settings are looked at
// after libpq has put them together, and what leaves this machine must be encrypted to a server that proves its name.
// Everything that could name another host counts as leaving the machine.

struct Release {
  void operator()(PQconninfoOption* options) const noexcept { PQconninfoFree(options); }
};
using Parsed = std::unique_ptr<PQconninfoOption, Release>;
using Values = std::map<std::string, std::string>;

Values values_of(const Parsed& parsed) {
  Values values;
  for (const PQconninfoOption* option = parsed.get(); option != nullptr && option->keyword != nullptr; ++option)
    if (option->val != nullptr) values[option->keyword] = option->val;
  return values;
}

Parsed parse(const std::string& address) {
  char* message = nullptr;
  Parsed parsed(PQconninfoParse(address.c_str(), &message));
  PQfreemem(message);  // it quotes the address
  return parsed;
}

std::string value_in(const Values& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? std::string() : found->second;
}

bool is_local_host(std::string_view host) {
  if (host.empty() || host.front() == '/' || host.front() == '@') return true;
  return host == "localhost" || host.substr(0, 4) == "127." || host == "::1" || host == "[::1]";
}

bool can_be_read(const std::string& path) { return std::ifstream(path).good(); }

// The file in the user's own folder that libpq would look for first.
bool has_own_authorities() {
  const char* home = std::getenv("HOME");
  return home != nullptr && can_be_read(std::string(home) + "/.postgresql/root.crt");
}

// The certificate authorities that the system trusts: Debian's, Fedora's, and those of the BSDs.
std::string authorities_of_system() {
  for (const char* path :
       {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"})
    if (can_be_read(path)) return path;
  return {};
}

Error wrong(const std::string& message, const std::string& help) { return {ErrorCode::misuse, message, "", help}; }

struct Session {
  Connection connection;
  std::string address;

  std::string fault(const PGresult* result) const {
    const char* code = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char* words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const bool is_gone = PQstatus(connection.get()) == CONNECTION_BAD;
    std::string message = words != nullptr ? words : first_line(PQerrorMessage(connection.get()));
    return failed(is_gone ? "unreachable" : kind_of(code == nullptr ? "" : code),
                  without_secrets(std::move(message), address));
  }

  std::string connect(const Node& question) {
    address = question.find("connect")->text;
    const Node* patience = question.find("milliseconds");
    const auto options = transport(address, patience == nullptr ? 5'000 : std::atoi(patience->text.c_str()));
    if (!options) return failed("address", options.error().message, options.error().help);
    std::vector<const char*> names, values;
    for (const auto& [name, value] : *options) {
      names.push_back(name.c_str());
      values.push_back(value.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    connection.reset(PQconnectdbParams(names.data(), values.data(), 1));
    if (PQstatus(connection.get()) != CONNECTION_OK)
      return failed("unreachable", without_secrets(first_line(PQerrorMessage(connection.get())), address));
    PQsetNoticeProcessor(
        connection.get(), [](void*, const char*) {}, nullptr);
    return "{}";
  }

  std::string run(const std::string& statements) {
    const Rows result(PQexec(connection.get(), statements.c_str()));
    const ExecStatusType status = PQresultStatus(result.get());
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY ? "{}"
                                                                                                  : fault(result.get());
  }

  std::string ask(const Node& question) {
    std::vector<Oid> types;
    std::vector<const char*> values;
    if (const Node* list = question.find("values"))
      for (const Node& value : list->items) {
        types.push_back(value.kind == NodeKind::string ? text_type : bigint_type);
        values.push_back(value.kind == NodeKind::null ? nullptr : value.text.c_str());
      }
    const Rows result(PQexecParams(connection.get(), question.find("sql")->text.c_str(),
                                   static_cast<int>(values.size()), types.data(), values.data(), nullptr, nullptr, 0));
    const ExecStatusType status = PQresultStatus(result.get());
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? rows_as_json(result.get()) : fault(result.get());
  }
};

std::string answer(Session& session, const std::string& question) {
  const syntax::Parsed parsed = syntax::parse_json(question, {std::size_t{8} << 20, 8, 1'000'000, 0});
  const Node& root = parsed.root;
  if (root.find("connect") != nullptr) return session.connect(root);
  if (!session.connection) return failed("unreachable", "nothing is connected");
  if (root.find("begin") != nullptr) return session.run(begin_statement);
  if (const Node* statements = root.find("run")) return session.run(statements->text);
  if (root.find("sql") != nullptr) return session.ask(root);
  return failed("refused", "no question of cascade's");
}

}  // namespace

int serve() {
  constexpr std::size_t longest_question = std::size_t{8} << 20;
  std::ios::sync_with_stdio(false);
  Session session;
  std::string question;
  while (std::getline(std::cin, question)) {
    if (question.size() > longest_question) return 2;
    std::cout << answer(session, question) << std::endl;
  }
  return 0;
}

bool is_local(const std::string& hosts) { return std::ranges::all_of(letters::parts(hosts, ','), is_local_host); }

Result<Options> transport(const std::string& address, int milliseconds) {
  const bool has_scheme = address.rfind("postgresql://", 0) == 0 || address.rfind("postgres://", 0) == 0;
  const Parsed given = has_scheme ? parse(address) : Parsed();
  if (!given) return wrong("the address of the store cannot be read", "store: postgresql://HOST/DATABASE");
  const Values said = values_of(given);
  Values all = values_of(Parsed(PQconndefaults()));  // libpq's own variables and its service file
  for (const auto& [name, value] : said) all[name] = value;
  if (value_in(all, "port").find_first_not_of("0123456789,") != std::string::npos)
    return wrong("the port in the address of the store is not a number", "store: postgresql://HOST:5432/DATABASE");

  Options options = {{"dbname", address}, {"application_name", "cascade"}};
  const int seconds = std::max(2, milliseconds / 1000);  // libpq's minimum
  if (value_in(all, "connect_timeout").empty()) options.emplace_back("connect_timeout", std::to_string(seconds));
  options.emplace_back("gssencmode", "disable");
  // A service named by the address may replace the host.
  const bool may_leave = !is_local(value_in(all, "host")) || !is_local(value_in(all, "hostaddr")) ||
                         (said.count("service") > 0 && said.count("host") == 0);
  if (!may_leave) return options;
  const std::string mode = value_in(said, "sslmode");
  if (!mode.empty() && mode != "verify-full")
    return wrong(
        "a store on another machine is reached by TLS with a certificate for its name, and the address asks for "
        "less",
        "leave sslmode out of it; sslrootcert=FILE names an authority of your own");
  options.emplace_back("sslmode", "verify-full");
  if (value_in(all, "sslrootcert").empty() && !has_own_authorities())
    if (const std::string found = authorities_of_system(); !found.empty()) options.emplace_back("sslrootcert", found);
  return options;
}

std::string without_secrets(std::string message, const std::string& address) {
  const Values said = values_of(parse(address));
  for (const char* name : {"password", "sslpassword"}) {
    const std::string secret = value_in(said, name);
    for (std::size_t at = 0; !secret.empty() && (at = message.find(secret, at)) != std::string::npos;)
      message.replace(at, secret.size(), "...");
  }
  if (const char* secret = std::getenv("PGPASSWORD"); secret != nullptr && *secret != '\0')
    for (std::size_t at = 0; (at = message.find(secret, at)) != std::string::npos;)
      message.replace(at, std::strlen(secret), "...");
  return message;
}

}  // namespace cascade::postgres
