#include "cli/call.h"
#include "duplicates/near.h"
#include "duplicates/text.h"
#include "request/refresh.h"

#include <cstdint>
#include <optional>

namespace cascade::cli {

Exit run_duplicates(Call& call) {
  constexpr std::uint32_t shown = 20;
  std::optional<std::uint32_t> limit;
  Arguments arguments("duplicates");
  arguments.number("--limit", limit);
  if (const auto ended = call.read(arguments)) return *ended;
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());

  duplicates::Report report;
  const auto found = request::with_refresh(*workspace, [&]() -> Result<void> {
    report = duplicates::find_duplicates(workspace->registry());
    return duplicates::find_near_duplicates(
        workspace->registry(),
        [&](const ManifestView& manifest, const SectionView& section) { return workspace->read(manifest, section); },
        report);
  });
  if (!found) return call.console().fail(found.error());
  call.step("compare");
  const Registry registry = workspace->registry();
  return call.console().show(
      rendering::duplicates(registry, report, limit.value_or(shown), *format, call.console().paint()),
      report.equal_sections.empty() && report.near_sections.empty() ? Exit::no : Exit::yes);
}

}  // namespace cascade::cli
