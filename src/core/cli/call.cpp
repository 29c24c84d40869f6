#include "cli/call.h"
#include "cli/data_files.h"
#include "request/task.h"

#include <algorithm>
#include <cassert>

namespace cascade::cli {

Call::Call(const Verb& verb, const CommandLine& line, const Environment& environment, Console& console)
    : verb_(verb), line_(line), environment_(environment), console_(console) {}

Result<void> Call::parse(Arguments& arguments, bool& stop) {
  stop = line_.words.size() == 1 && line_.words.front() == "--list-options";
  if (!stop) return arguments.parse(line_.words);
  for (const std::string& name : arguments.option_names()) console_.print(name + "\n");
  return {};
}

std::optional<Exit> Call::read(Arguments& arguments) {
  bool stop = false;
  if (const auto parsed = parse(arguments, stop); !parsed) return console_.fail(parsed.error());
  return stop ? std::optional(Exit::yes) : std::nullopt;
}

Result<Format> Call::format(std::initializer_list<Format> allowed) const {
  if (!line_.options.format) return *allowed.begin();
  const auto asked = parse_format(*line_.options.format);
  if (asked && std::find(allowed.begin(), allowed.end(), *asked) != allowed.end()) return *asked;
  std::string help = "one of";
  for (Format format : allowed) help.append(help == "one of" ? " " : ", ").append(to_string(format));
  return Error{ErrorCode::misuse, std::string(verb_.name) + " has no format '" + *line_.options.format + "'", {}, help};
}

Result<std::optional<TokenModel>> Call::model(const std::string& preferred) const {
  if (!line_.options.model.empty()) return request::find_model(line_.options.model);
  const bool by_environment = !environment_.model.empty();
  auto model = request::find_model(by_environment ? environment_.model : preferred);
  if (model) return model;
  Error error = model.error();
  error.path = by_environment ? "CASCADE_MODEL" : "cascade.yaml";
  return error;
}

Result<TokenCounter> Call::counter() const {
  assert(verb_.needs != Needs::nothing);
  return open_counter(environment_);
}

void Call::step(std::string_view name) {
  if (!line_.options.timings) return;
  const auto now = std::chrono::steady_clock::now();
  const auto spent = std::chrono::duration_cast<std::chrono::microseconds>(now - last_step_).count();
  last_step_ = now;
  console_.complain("timing: " + std::string(name) + " " + std::to_string(spent) + " us");
}

}  // namespace cascade::cli
