#include "render/settings.h"

#include "render/parts.h"
#include "render/text_table.h"

namespace cascade::rendering {

std::string settings_text(const std::vector<SettingInForce>& settings, Paint paint) {
  TextTable table;
  for (const char* title : {"SETTING", "VALUE", "FROM"}) table.column(title);
  std::string notes;
  for (const SettingInForce& setting : settings) {
    table.row({setting.name, setting.value, setting.from});
    if (!setting.note.empty()) notes += "\n" + setting.name + ": " + setting.note + "\n";
  }
  return table.take(paint) + notes;
}

std::string settings_json(const std::vector<SettingInForce>& settings) {
  auto json = document("cascade.config/1");
  json.key("settings").objects(settings, [&](const SettingInForce& setting) {
    json.key("name").string(setting.name).key("value").string(setting.value);
    json.key("from").string(setting.from).key("note").string(setting.note);
  });
  return finish(json);
}

}  // namespace cascade::rendering
