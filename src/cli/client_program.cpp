#include "cli/client_program.h"

#include <unistd.h>

#include <algorithm>

#include "files/paths.h"
#include "files/run_program.h"

namespace cascade::cli {

std::string program_of(const Environment& environment, std::string_view name) {
  const std::string& path = environment.search_path;
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find(':', begin), path.size());
    std::string file = files::join(path.substr(begin, end - begin), std::string(name));
    if (files::is_absolute(file) && ::access(file.c_str(), X_OK) == 0) return file;
    begin = end + 1;
  }
  return {};
}

std::string version_of(const Environment& environment, const client::Dialect& client) {
  const std::string program = program_of(environment, client.settings.program);
  if (program.empty()) return {};
  files::ProgramCall call;
  call.words = {program, "--version"};
  call.environment = files::process_environment();
  call.milliseconds = 5'000;
  call.max_bytes = 256;
  const auto run = files::run_program(call);
  if (!run || run->exit_code != 0) return {};
  const std::size_t begin = std::min(run->output.find_first_of("0123456789"), run->output.size());
  return run->output.substr(begin, run->output.find_first_not_of("0123456789.", begin) - begin);
}

}  // namespace cascade::cli
