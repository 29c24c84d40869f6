// Prints the versions of the program and of its token table.
#include "cli/call.h"
#include "cli/environment.h"
#include "cli/program.h"

namespace cascade::cli {

Exit print_version(const Environment& environment, Console& console) {
  const auto counter = open_counter(environment);
  if (!counter) return console.fail(counter.error());
  console.print("cascade " CASCADE_VERSION "\nvocabulary " + std::string(counter->vocabulary()) + "\n");
  return Exit::yes;
}

Exit run_version(Call& call) {
  Arguments arguments("version");
  if (const auto ended = call.read(arguments)) return *ended;
  if (const auto format = call.format({Format::text}); !format) return call.console().fail(format.error());
  return print_version(call.environment(), call.console());
}

}  // namespace cascade::cli
