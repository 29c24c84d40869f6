// Speaks to cascade-postgres: a line of JSON for each statement, a line back with all of its rows. Values are collected
// until the first step(), which sends them with the statement. A program that does not answer in time is given up,
// because its late answer would be taken for that of the next question.
#include "store/store.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "files/run_program.h"
#include "syntax/put.h"
#include "text/ascii.h"

namespace cascade::store {
namespace {

using syntax::JsonWriter, syntax::Node, syntax::NodeKind;

constexpr int connect_ms = 5'000;  // a tool call waits for this
constexpr int answer_ms =
    15'000;  // longer than the server waits for a lock (src/programs/cascade_postgres/session.cpp)

// Rewrites `?` and `?3` as PostgreSQL's `$1` and `$3`, except between quotes.
std::string numbered(std::string_view sql) {
  std::string text;
  int next = 0;
  char quote = '\0';
  for (std::size_t i = 0; i < sql.size(); ++i) {
    const char c = sql[i];
    if (quote != '\0' || c == '\'' || c == '"') {
      if (quote == '\0')
        quote = c;
      else if (c == quote)
        quote = '\0';
      text += c;
    } else if (c == '?') {
      text += '$';
      if (i + 1 == sql.size() || !letters::is_digit(sql[i + 1])) text += std::to_string(++next);
    } else {
      text += c;
    }
  }
  return text;
}

class Server final : public Engine {
 public:
  explicit Server(std::string shown) : shown_(std::move(shown)) {}

  Result<void> connect(const Options& options) {
    auto started = files::ChildProcess::start({options.program});
    if (!started) return started.error();
    child_ = *std::move(started);
    JsonWriter json(JsonWriter::Style::compact);
    put(json.begin_object(), "connect", options.server, "milliseconds", connect_ms);
    return tell(json, 2 * connect_ms);
  }

  Result<std::unique_ptr<Cursor>> prepare(std::string_view sql) override;
  Result<void> run(std::string_view sql) override {
    JsonWriter json(JsonWriter::Style::compact);
    return tell(put(json.begin_object(), "run", sql), answer_ms);
  }
  Result<void> begin() override {
    JsonWriter json(JsonWriter::Style::compact);
    return tell(put(json.begin_object(), "begin", true), answer_ms);
  }
  bool may_try_again() const override { return may_try_again_; }

  Result<Node> ask(const std::string& question, int milliseconds);

 private:
  Result<void> tell(JsonWriter& open, int milliseconds) {
    const auto answer = ask(open.end_object().take(), milliseconds);
    return answer ? Result<void>() : answer.error();
  }

  std::optional<files::ChildProcess> child_;
  std::string shown_;
  bool may_try_again_ = false;
};

class ServerCursor final : public Cursor {
 public:
  ServerCursor(Server& server, std::string sql) : server_(server), sql_(std::move(sql)) {}

  void bind(std::int64_t value) override { values_.push_back({Kind::number, std::to_string(value)}); }
  void bind(std::string_view value) override { values_.push_back({Kind::text, std::string(value)}); }
  void bind_nothing() override { values_.push_back({Kind::nothing, {}}); }

  Result<bool> step() override {
    if (!answer_) {
      JsonWriter json(JsonWriter::Style::compact);
      put(json.begin_object(), "sql", sql_).key("values").begin_array();
      for (const Value& value : values_)
        value.kind == Kind::number ? json.literal(value.text)
        : value.kind == Kind::text ? json.string(value.text)
                                   : json.null();
      auto answer = server_.ask(json.end_array().end_object().take(), answer_ms);
      if (!answer) return answer.error();
      answer_ = *std::move(answer);
    }
    const Node* rows = answer_->find("rows");
    const std::size_t count = rows == nullptr ? 0 : rows->items.size();
    row_ = next_ < count ? &rows->items[next_] : nullptr;
    if (row_ != nullptr) ++next_;
    return row_ != nullptr;
  }

  void reset() override {
    values_.clear();
    answer_.reset();
    row_ = nullptr;
    next_ = 0;
  }

  std::int64_t number(int column) const override {
    const std::string found = text(column);
    std::int64_t value = 0;
    std::from_chars(found.data(), found.data() + found.size(), value);
    return value;
  }
  std::string text(int column) const override {
    const auto at = static_cast<std::size_t>(column);
    if (row_ == nullptr || at >= row_->items.size()) return {};
    return row_->items[at].kind == NodeKind::string ? row_->items[at].text : std::string();
  }

 private:
  enum class Kind : std::uint8_t { number, text, nothing };
  struct Value {
    Kind kind;
    std::string text;
  };

  Server& server_;
  std::string sql_;
  std::vector<Value> values_;
  std::optional<Node> answer_;
  const Node* row_ = nullptr;
  std::size_t next_ = 0;
};

Result<std::unique_ptr<Cursor>> Server::prepare(std::string_view sql) {
  return std::unique_ptr<Cursor>(std::make_unique<ServerCursor>(*this, numbered(sql)));
}

// Returns the answer, or the error in {"error": KIND, "message": ...}. Kinds: src/programs/cascade_postgres/session.h.
Result<Node> Server::ask(const std::string& question, int milliseconds) {
  may_try_again_ = false;
  if (!child_) return Error{ErrorCode::unreadable, "the store's server is not connected", shown_, ""};
  auto line = child_->ask(question, milliseconds);
  if (!line) {
    child_.reset();  // a late answer would be taken for the next one
    return Error{ErrorCode::unreadable, "cascade-postgres does not answer", shown_, "try again; cascade doctor"};
  }
  const syntax::NodeLimits limits{std::size_t{8} << 20, 8, 1'000'000, 0};
  syntax::Parsed parsed = syntax::parse_json(*line, limits);
  if (parsed.root.kind != NodeKind::map)
    return Error{ErrorCode::malformed, "cascade-postgres did not answer with JSON", shown_,
                 "install all of Cascade again"};
  const std::string kind = text_of(parsed.root, "error"), message = text_of(parsed.root, "message");
  if (kind.empty()) return std::move(parsed.root);
  may_try_again_ = kind == "again";
  if (kind == "address") return Error{ErrorCode::misuse, message, shown_, text_of(parsed.root, "help")};
  if (kind == "table") return Error{ErrorCode::misuse, message, shown_, ""};
  if (kind == "again")
    return Error{ErrorCode::unwritable, "other processes keep the store busy for too long: " + message, shown_,
                 "try again"};
  if (kind == "unreachable")
    return Error{ErrorCode::unreadable, "the store's server cannot be reached: " + message, shown_,
                 "cascade doctor; nothing is kept on this machine instead"};
  return Error{ErrorCode::unwritable, "the store's server refused: " + message, shown_, "cascade doctor"};
}

}  // namespace

std::string shown_address(std::string_view address) {
  const std::string hidden = "postgresql://...";
  const std::size_t slashes = address.find("://");
  if (slashes == std::string_view::npos) return hidden;
  std::string_view rest = address.substr(slashes + 3);
  // The text before the last '@' names the user. A password may hold characters that somebody forgot to escape; if its
  // end is ambiguous, the whole address is hidden.
  const std::size_t parameters = std::min(rest.find_first_of("?#"), rest.size());
  if (rest.substr(parameters).find('@') != std::string_view::npos) return hidden;
  rest = rest.substr(0, parameters);
  if (const std::size_t at = rest.rfind('@'); at != std::string_view::npos) rest.remove_prefix(at + 1);
  const std::string_view host = rest.substr(0, rest.find('/'));
  const std::size_t port = host.rfind(':');
  const bool is_odd = port != std::string_view::npos && host.find(']', port) == std::string_view::npos &&
                      host.find_first_not_of("0123456789,", port + 1) != std::string_view::npos;
  return is_odd ? hidden : "postgresql://" + std::string(rest);
}

Result<std::unique_ptr<Engine>> open_server(const Options& options) {
  const std::string shown = shown_address(options.server);
  if (options.program.empty())
    return Error{ErrorCode::unreadable, "cascade-postgres is not there: the store's server cannot be asked", shown,
                 "install all of Cascade, with libpq"};
  auto server = std::make_unique<Server>(shown);
  if (auto connected = server->connect(options); !connected) return connected.error();
  return std::unique_ptr<Engine>(std::move(server));
}

}  // namespace cascade::store
