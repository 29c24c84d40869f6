// Shows every setting in force and where it comes from.
#include "cli/call.h"
#include "cli/settings_in_force.h"
#include "files/tree.h"
#include "render/text_table.h"
#include "syntax/json.h"

namespace cascade::cli {
namespace {

std::string as_text(const std::vector<SettingInForce>& settings, rendering::Paint paint) {
  rendering::TextTable table;
  for (const char* title : {"SETTING", "VALUE", "FROM"}) table.column(title);
  std::string notes;
  for (const SettingInForce& setting : settings) {
    table.row({setting.name, setting.value, setting.from});
    if (!setting.note.empty()) notes += "\n" + setting.name + ": " + setting.note + "\n";
  }
  return table.take(paint) + notes;
}

std::string as_json(const std::vector<SettingInForce>& settings) {
  syntax::JsonWriter json;
  json.begin_object().key("schema").string("cascade.config/1").key("settings").begin_array();
  for (const SettingInForce& setting : settings)
    json.begin_object()
        .key("name")
        .string(setting.name)
        .key("value")
        .string(setting.value)
        .key("from")
        .string(setting.from)
        .key("note")
        .string(setting.note)
        .end_object();
  return json.end_array().end_object().take() + "\n";
}

}  // namespace

Exit run_config(Call& call) {
  std::vector<std::string> wanted;
  Arguments arguments("config");
  arguments.words("NAME", wanted, 0, 1);
  if (const auto ended = call.read(arguments)) return *ended;
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  const auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  auto settings =
      settings_in_force(call.environment(), call.options(), *workspace, files::DiskTree().real_path(".").value_or("/"));
  if (!settings) return call.console().fail(settings.error());
  if (!wanted.empty()) {
    const std::string &name = wanted.front(), group = name + ".";
    settings->erase(std::remove_if(settings->begin(), settings->end(),
                                   [&](const SettingInForce& setting) {
                                     return setting.name != name && setting.name.compare(0, group.size(), group) != 0;
                                   }),
                    settings->end());
    if (settings->empty())
      return call.console().fail(
          {ErrorCode::misuse, "there is no setting '" + name + "'", {}, "cascade config lists them"});
  }
  call.console().print(*format == Format::json ? as_json(*settings) : as_text(*settings, call.console().paint()));
  return Exit::yes;
}

}  // namespace cascade::cli
