#include "installed/served.h"

#include "files/paths.h"
#include "installed/settings_text.h"
#include "syntax/json.h"
#include "syntax/toml.h"

namespace cascade::init {

using client::ServerForm;
using client::ServerSettings;
using syntax::Node;
using syntax::NodeKind;

const Node* program_of(const Node* server) {
  const Node* command = server == nullptr ? nullptr : server->find("command");
  if (command == nullptr) return nullptr;
  const bool one_list = command->kind == NodeKind::list;
  const Node* words = one_list ? command : server->find("args");
  const std::size_t first = one_list ? 1 : 0;
  if (words == nullptr || words->kind != NodeKind::list || words->items.size() <= first) return nullptr;
  const Node* program = one_list ? &command->items[0] : command;
  const bool ours = files::file_name(program->text) == server_name && words->items[first].text == serving_verb;
  return program->kind == NodeKind::string && ours ? program : nullptr;
}

const Node* server_of(const Node& root, const ServerSettings& settings) {
  const Node* servers = root.find(settings.key);
  return servers == nullptr ? nullptr : servers->find(server_name);
}

std::string served_program(std::string_view text, const ServerSettings& settings) {
  const Marked given(text);
  const Node root = settings.form == ServerForm::toml
                        ? syntax::read_toml(given.text, syntax::TomlVersion::v1_1).parsed.root
                        : syntax::parse_json(as_json(given.text, settings.comments)).root;
  const Node* program = program_of(server_of(root, settings));
  return program == nullptr ? std::string() : program->text;
}

}  // namespace cascade::init
