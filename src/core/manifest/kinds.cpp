// The words for the enumerations of <cascade/manifest.h> in files and output.
#include "manifest/kinds.h"

#include "text/names.h"

namespace cascade {

constexpr letters::Names<Kind::command> kind_names("skill", "agent", "command");
std::string_view to_string(Kind kind) noexcept { return kind_names.of(kind); }

constexpr letters::Names<Layer::command> layer_names("playbook", "skill", "agent", "command");
std::string_view to_string(Layer layer) noexcept { return layer_names.of(layer); }

constexpr letters::Names<Scope::managed> scope_names("builtin", "plugin", "user", "project", "managed");
std::string_view to_string(Scope scope) noexcept { return scope_names.of(scope); }

constexpr letters::Names<Form::beginning> form_names("card", "lead", "section", "prose", "opening", "resource", "stub",
                                                     "cut", "same", "name", "third", "beginning");
std::string_view to_string(Form form) noexcept { return form_names.of(form); }

constexpr letters::Names<Strength::excluded> strength_names("required", "invoked", "mentioned", "excluded");
std::string_view to_string(Strength strength) noexcept { return strength_names.of(strength); }

constexpr letters::Names<Via::prose> via_names("frontmatter", "task", "skill", "spawn", "slash", "qualified", "at",
                                               "link", "path", "label", "table", "heading", "backtick", "bold",
                                               "prose");
std::string_view to_string(Via via) noexcept { return via_names.of(via); }

std::optional<Kind> parse_kind(std::string_view text) noexcept {
  if (!text.empty() && text.back() == 's') text.remove_suffix(1);
  return kind_names.find(text);
}

}  // namespace cascade
