#include "cli/client_program.h"

#include <algorithm>

#include "files/process.h"
#include "files/run_program.h"
#include "files/tree.h"

namespace cascade::cli {

std::string version_of(const Environment& environment, const client::Dialect& client) {
  const std::string program =
      files::program_on_path(files::DiskTree(), environment.search_path, client.settings.program);
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
