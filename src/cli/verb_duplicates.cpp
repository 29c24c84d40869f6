#include "cli/call.h"
#include "duplicates/duplicates.h"
#include "render/duplicates.h"

#include <cstdint>
#include <optional>

namespace cascade::cli {

Exit run_duplicates(Call& call) {
  constexpr std::uint32_t shown = 20;
  std::optional<std::uint32_t> limit;
  Arguments arguments("duplicates");
  arguments.number("--limit", limit);
  bool stop = false;
  if (auto parsed = call.parse(arguments, stop); !parsed) return call.console().fail(parsed.error());
  if (stop) return Exit::yes;
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());

  const Registry registry = workspace->registry();
  const duplicates::Report report = duplicates::find_duplicates(registry);
  const auto text = rendering::duplicates(registry, report, limit.value_or(shown), *format, call.console().paint());
  if (!text) return call.console().fail(text.error());
  call.console().print(*text);
  return report.equal_sections.empty() ? Exit::no : Exit::yes;
}

}  // namespace cascade::cli
