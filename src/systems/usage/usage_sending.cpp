#include "usage/usage_sending.h"

#include "files/locked_log.h"
#include "files/paths.h"
#include "files/run_program.h"
#include "files/tree.h"
#include "text/ascii.h"

namespace cascade::cli {
namespace {

constexpr const char* sender = "curl";

bool is_address(std::string_view to) { return to.substr(0, 7) == "http://" || to.substr(0, 8) == "https://"; }

// An address without a path means the collector's usual one.
std::string endpoint_of(const std::string& to) {
  const std::size_t host = to.find("//") + 2, path = to.find('/', host);
  if (path == std::string::npos) return to + "/v1/metrics";
  return path + 1 == to.size() ? to + "v1/metrics" : to;
}

// The program in PATH; empty: there is none.
std::string find_sender(const std::string& search_path) {
  const files::DiskTree tree;
  for (std::string_view rest = search_path; !rest.empty();) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    std::string path = files::join(rest.substr(0, end), sender);
    if (const auto stamp = tree.stat(path); stamp && files::is_absolute(path) && stamp->executable) return path;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return {};
}

Result<void> post(const Call& call, const std::string& to, std::string body) {
  const std::string program = find_sender(call.environment().search_path);
  if (program.empty())
    return Error{ErrorCode::not_found,
                 std::string(sender) + " is not installed, which speaks HTTP for cascade",
                 {},
                 "install it, or write to a file: --otlp FILE"};
  files::ProgramCall request;
  // The user's own .curlrc is not read: it could write the request somewhere else.
  request.words = {program,
                   "-q",
                   "--silent",
                   "--show-error",
                   "--fail",
                   "--max-time",
                   "20",
                   "--proto",
                   "=http,https",
                   "--header",
                   "Content-Type: application/json",
                   "--data-binary",
                   "@-",
                   "--url",
                   endpoint_of(to)};
  request.input = std::move(body);
  request.environment = files::process_environment();
  request.milliseconds = 25'000;
  const auto run = files::run_program(request);
  if (!run) return run.error();
  if (run->exit_code == 0 && !run->timed_out) return {};
  const std::string_view why = std::string_view(run->errors).substr(0, run->errors.find('\n'));
  return Error{ErrorCode::unwritable,
               "the collector did not take it: " + (why.empty() ? "no answer" : std::string(why)), to,
               "the address is that of OTLP over HTTP with JSON, often port 4318"};
}

Result<void> append(const std::string& path, const std::string& line) {
  constexpr std::uint64_t most = 256u << 20;
  if (const auto stamp = files::DiskTree().stat(path); stamp && stamp->size + line.size() > most)
    return Error{ErrorCode::unwritable, "the file holds 256 MiB already", path, "begin another one"};
  const std::string_view text = letters::trim(line);  // the end of the line is written with it
  return files::extend_log(
      path, most, [&](std::string_view) { return std::string(text); },
      [](std::string_view all) { return std::string(all); });
}

}  // namespace

Exit send_metrics(Call& call, const usage::Report& report, const std::string& to, usage::Names names) {
  std::string line = usage::otlp_metrics(report, CASCADE_VERSION, names);
  if (to == "-") {
    call.console().print(line);
    return Exit::yes;
  }
  const auto done = is_address(to) ? post(call, to, std::move(line)) : append(to, line);
  return done ? Exit::yes : call.console().fail(done.error());
}

}  // namespace cascade::cli
