#include "cli/call.h"
#include "eval/instance.h"
#include "files/tree.h"

namespace cascade::cli {
namespace {

constexpr std::uint64_t largest_instance = 256u << 20;  // bytes of an instance
constexpr std::uint32_t about_a_second = 100'000;       // nodes (docs/packing.md)

}  // namespace

Exit run_solve(Call& call) {
  std::string path;
  std::optional<std::uint32_t> nodes, gap_ppm, looks;
  Arguments arguments("solve");
  arguments.text("--instance", path);
  arguments.number("--nodes", nodes);
  arguments.number("--looks", looks);
  arguments.number("--gap-ppm", gap_ppm);
  if (const auto ended = call.read(arguments)) return *ended;
  if (const auto format = call.format({Format::json}); !format) return call.console().fail(format.error());
  if (path.empty())
    return call.console().fail({ErrorCode::misuse, "--instance is missing", {}, "cascade solve --instance FILE"});
  const auto text = files::DiskTree().read(path, largest_instance);
  if (!text) return call.console().fail(text.error());
  const auto instance = instance::read_instance(*text, path);
  if (!instance) {
    Error error = instance.error();
    if (error.help.empty()) error.help = "what an instance holds: `cascade help packing-instance`";
    return call.console().fail(error);
  }
  call.step("read");
  PackingLimits limits{nodes.value_or(about_a_second), gap_ppm.value_or(0)};
  if (looks) limits.looks = *looks;
  const auto packing = pack(instance->problem, limits);
  call.step("solve");
  if (!packing) {
    Error error = packing.error();
    error.path = path;
    return call.console().fail(error);
  }
  call.console().print(instance::write_solution(*instance, *packing));
  return packing->status == PackingStatus::ok ? Exit::yes : Exit::no;
}

}  // namespace cascade::cli
