#include "cli/call.h"
#include "cli/item.h"
#include "render/show.h"
#include "request/names.h"

namespace cascade::cli {

Exit run_show(Call& call) {
  std::vector<std::string> items;
  Arguments arguments("show");
  arguments.words("ITEM", items, 1, 1);
  if (const auto ended = call.read(arguments)) return *ended;
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());

  const Registry registry = workspace->registry();
  const auto item = find_item(registry, items.front(), call.console());
  if (!item) return Exit::no;
  if (item->section && *format == Format::text) {
    auto section = request::section_text(*workspace, item->id, *item->section, item->further);
    if (!section) return call.console().fail(section.error());
    call.console().print_whole(*std::move(section));
    return Exit::yes;
  }
  std::vector<bundle::ListedFile> files;
  if (!item->section) files = request::linked_files(*workspace, item->id);
  return call.console().show(rendering::show(registry, item->id, item->section, files, Call::roots(*workspace), *format,
                                             call.console().paint()));
}

}  // namespace cascade::cli
