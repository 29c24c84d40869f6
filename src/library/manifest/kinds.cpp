// The words for the enumerations of <cascade/manifest.h> in files and output.
#include "manifest/kinds.h"

namespace cascade {

std::string_view to_string(Kind kind) noexcept {
  switch (kind) {
    case Kind::skill: return "skill";
    case Kind::agent: return "agent";
    case Kind::command: return "command";
  }
  return "skill";
}

std::string_view to_string(Layer layer) noexcept {
  switch (layer) {
    case Layer::playbook: return "playbook";
    case Layer::skill: return "skill";
    case Layer::agent: return "agent";
    case Layer::command: return "command";
  }
  return "skill";
}

std::string_view to_string(Scope scope) noexcept {
  switch (scope) {
    case Scope::builtin: return "builtin";
    case Scope::plugin: return "plugin";
    case Scope::user: return "user";
    case Scope::project: return "project";
    case Scope::managed: return "managed";
  }
  return "project";
}

std::string_view to_string(Form form) noexcept {
  switch (form) {
    case Form::card: return "card";
    case Form::lead: return "lead";
    case Form::section: return "section";
    case Form::prose: return "prose";
    case Form::opening: return "opening";
    case Form::resource: return "resource";
    case Form::stub: return "stub";
    case Form::cut: return "cut";
    case Form::same: return "same";
    case Form::name: return "name";
    case Form::third: return "third";
    case Form::beginning: return "beginning";
  }
  return "section";
}

std::string_view to_string(Strength strength) noexcept {
  switch (strength) {
    case Strength::required: return "required";
    case Strength::invoked: return "invoked";
    case Strength::mentioned: return "mentioned";
    case Strength::excluded: return "excluded";
  }
  return "mentioned";
}

std::string_view to_string(Via via) noexcept {
  switch (via) {
    case Via::frontmatter: return "frontmatter";
    case Via::task: return "task";
    case Via::skill: return "skill";
    case Via::spawn: return "spawn";
    case Via::slash: return "slash";
    case Via::qualified: return "qualified";
    case Via::at: return "at";
    case Via::link: return "link";
    case Via::path: return "path";
    case Via::label: return "label";
    case Via::table: return "table";
    case Via::heading: return "heading";
    case Via::backtick: return "backtick";
    case Via::bold: return "bold";
    case Via::prose: return "prose";
  }
  return "prose";
}

std::optional<Kind> parse_kind(std::string_view text) noexcept {
  if (!text.empty() && text.back() == 's') text.remove_suffix(1);
  for (const Kind kind : manifest::all_kinds)
    if (text == to_string(kind)) return kind;
  return std::nullopt;
}

}  // namespace cascade
