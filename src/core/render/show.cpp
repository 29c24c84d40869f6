// cascade.show/1 (docs/formats/show.md), with the places of references in both directions.
#include "render/list.h"

#include <cascade/registry.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bundle/linked_files.h"
#include "render/parts.h"
#include "render/session.h"
#include "syntax/put.h"
#include "text/names.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

// The lines of a section in its file: from `line` to the line before the next section; `last` 0 means to the end.
struct SectionLines {
  std::uint32_t index = 0, line = 0, last = 0;
  bool contains(std::uint32_t at) const noexcept { return at >= line && (last == 0 || at <= last); }
};

struct CardFacts {
  ManifestView manifest;
  std::vector<SectionLines> sections;               // without shorter forms
  std::vector<std::vector<std::uint32_t>> shorter;  // by section index: its shorter forms
  std::vector<Link> out, in;
  std::vector<Unbound> unbound;
  std::vector<Diagnostic> problems;
};

// For text and JSON alike. With `section`, only the facts in its lines.
CardFacts card_facts(const Registry& registry, ManifestId id, std::optional<std::uint32_t> section) {
  CardFacts facts;
  facts.manifest = registry[id];
  facts.shorter.resize(facts.manifest.sections);
  for (std::uint32_t index = 0; index < facts.manifest.sections; ++index) {
    const SectionView view = registry.section(id, index);
    if (view.shorter_of != index) {
      facts.shorter[view.shorter_of].push_back(index);
      continue;
    }
    if (!facts.sections.empty() && view.line > facts.sections.back().line) facts.sections.back().last = view.line - 1;
    facts.sections.push_back({index, view.line, 0});
  }
  if (section)
    if (const SectionLines* const lines = letters::find_first(facts.sections, &SectionLines::index, *section))
      facts.sections = {*lines};
  const auto is_shown = [&](std::uint32_t line) { return !section || facts.sections.front().contains(line); };
  for (const Link& link : registry.links(id))
    if (is_shown(link.line)) facts.out.push_back(link);
  if (!section)
    for (const Link& link : registry.links_to(id)) facts.in.push_back(link);
  for (Unbound& unbound : registry.unbound())
    if (unbound.from == id && is_shown(unbound.reference.at.line)) facts.unbound.push_back(std::move(unbound));
  for (Diagnostic& problem : registry.problems(id))
    if (is_shown(problem.at.line)) facts.problems.push_back(std::move(problem));
  return facts;
}

void put_head(syntax::JsonWriter& json, const Registry& registry, const CardFacts& facts) {
  const ManifestView& manifest = facts.manifest;
  put_manifest(json, manifest);
  put(json, "plugin", manifest.plugin, "description", manifest.description, "document", manifest.document);
  put_cost(json, manifest.body);
  put(json, "aliases", registry.aliases(manifest.id), "tools", registry.tools(manifest.id));
  json.key("conflicts").array(registry.conflicts(manifest.id), [&](ManifestId other) {
    json.string(plain_id_of(registry[other]));
  });
  json.key("requires_any").array(registry.requires_any(manifest.id), [&](Span<ManifestId> any) {
    json.array(any, [&](ManifestId member) { json.string(plain_id_of(registry[member])); });
  });
}

void put_sections(syntax::JsonWriter& json, const Registry& registry, const CardFacts& facts) {
  json.key("sections").objects(facts.sections, [&](const SectionLines& lines) {
    const SectionView section = registry.section(facts.manifest.id, lines.index);
    put(json, "section", lines.index, "form", to_string(section.form), "heading", section.heading, "path", section.path,
        "level", section.level, "line", section.line, "offset", section.offset, "length", section.length);
    put_cost(json, section.cost);
    put_hash(json, "content_hash", section.content_hash);
    json.key("shorter").objects(facts.shorter[lines.index], [&](std::uint32_t form) {
      const SectionView shorter = registry.section(facts.manifest.id, form);
      put(json, "form", to_string(shorter.form));
      put_cost(json, shorter.cost);
    });
  });
}

void put_files(syntax::JsonWriter& json, const std::vector<bundle::ListedFile>& files) {
  json.key("linked_files").objects(files, [&](const bundle::ListedFile& listed) {
    put(json, "path", listed.file.path, "place", listed.place, "purpose", listed.purpose);
    put_cost(json, listed.file.cost);
  });
}

// "references" lead to known manifests, "unbound" to none or to several, and "referenced_by" lead here.
void put_references(syntax::JsonWriter& json, const Registry& registry, const CardFacts& facts) {
  json.key("references").objects(facts.out, [&](const Link& link) {
    put(json, "line", link.line, "column", link.column, "strength", to_string(link.strength), "via",
        to_string(link.via), "target", plain_id_of(registry[link.to]), "target_path", registry[link.to].path);
  });
  json.key("unbound").objects(facts.unbound, [&](const Unbound& unbound) {
    put(json, "line", unbound.reference.at.line, "column", unbound.reference.at.column, "strength",
        to_string(unbound.reference.strength), "via", to_string(unbound.reference.via), "target",
        to_string(unbound.reference.target), "ambiguous", unbound.ambiguous, "nearby", unbound.nearby);
  });
  json.key("referenced_by").objects(facts.in, [&](const Link& link) {
    put(json, "from", plain_id_of(registry[link.from]));
    put_call(json, registry, link);
  });
}

std::string show_json(const Registry& registry, const CardFacts& facts, const std::vector<bundle::ListedFile>& files,
                      const Roots& roots) {
  syntax::JsonWriter json = document("cascade.show/1");
  put_head(json, registry, facts);
  roots.put_shadowed_by(json, registry, facts.manifest.id);
  json.key("shadows").array(registry.shadowed_by(facts.manifest.id),
                            [&](ManifestId other) { roots.put_place(json, registry[other]); });
  if (const auto plan = playbook::plan_of(registry, facts.manifest.id)) {
    json.key("chain");
    put_chain(json, *plan);
  }
  put_sections(json, registry, facts);
  put_files(json, files);
  put_references(json, registry, facts);
  put_problems(json, "problems", facts.problems);
  return finish(json);
}

std::string header(const Registry& registry, const CardFacts& facts, const Roots& roots, Paint paint) {
  const ManifestView& manifest = facts.manifest;
  TextTable table;
  table.columns({"", ""});
  const auto line = [&](std::string_view name, std::string value) {
    if (!value.empty()) table.row({std::string(name), std::move(value)});
  };
  line("title", unicode::displayable(manifest.title));
  line("description", shortened(manifest.description, 2000));
  line("layer", std::string(to_string(manifest.layer)) + (manifest.document ? " (a document: never routed)" : ""));
  line("scope", roots.scope_of(manifest));
  line("plugin", unicode::displayable(manifest.plugin));
  line("path", unicode::displayable(manifest.path));
  std::vector<std::string> aliases, tools, conflicts;
  for (const std::string_view alias : registry.aliases(manifest.id)) aliases.emplace_back(alias);
  for (const ToolName& tool : registry.tools(manifest.id)) tools.push_back(to_string(tool));
  for (const ManifestId other : registry.conflicts(manifest.id)) conflicts.push_back(plain_id_of(registry[other]));
  line("aliases", listed(aliases));
  line("tools", listed(tools));
  line("conflicts", listed(conflicts));
  line("cost", cost_text(manifest.body));
  const auto place = [&](ManifestId other) {
    return unicode::displayable(registry[other].path) + roots.beside(registry[other], manifest);
  };
  if (const auto winner = registry.shadowed_in_favour_of(manifest.id)) line("shadowed by", place(*winner));
  for (const ManifestId other : registry.shadowed_by(manifest.id)) line("shadows", place(other));
  return paint.bold(id_of(manifest)) + "\n" + table.take(paint, "  ");
}

// One row for each section, indented by its level, followed by its shorter forms and their tokens.
std::string sections_text(const Registry& registry, const CardFacts& facts, Paint paint) {
  TextTable table;
  table.columns({"LINE", "TOKENS", "CHARS"}, Align::right);
  table.column("SECTION");
  for (const SectionLines& lines : facts.sections) {
    const SectionView section = registry.section(facts.manifest.id, lines.index);
    const std::string indent(section.level > 1 ? 2 * (section.level - 1) : 0, ' ');
    std::string name = indent + section_name(section);
    for (const std::uint32_t form : facts.shorter[lines.index]) {
      const SectionView shorter = registry.section(facts.manifest.id, form);
      name += "  (" + form_text(shorter.form) + ": " + std::to_string(shorter.cost.tokens) + ")";
    }
    table.row({std::to_string(section.line), std::to_string(section.cost.tokens), std::to_string(section.cost.chars),
               std::move(name)});
  }
  return "\n" + paint.bold("sections") + "\n" + table.take(paint, "  ");
}

std::string files_text(const std::vector<bundle::ListedFile>& files, Paint paint) {
  if (files.empty()) return {};
  TextTable table;
  table.column("TOKENS", Align::right);
  table.columns({"FILE", ""});
  for (const bundle::ListedFile& file : files)
    table.row({file.file.cost.tokens == 0 ? "" : std::to_string(file.file.cost.tokens),
               unicode::displayable(file.place), unicode::displayable(file.purpose)});
  return "\n" + paint.bold("linked files") + "\n" + table.take(paint, "  ");
}

// References that bind, then those that do not, with the names that they may mean.
std::string links_text(const Registry& registry, const CardFacts& facts, Paint paint) {
  std::string out;
  TextTable away;
  for (int i = 0; i < 4; ++i) away.column("");
  for (const Link& link : facts.out)
    away.row({place_of(registry, link), std::string(to_string(link.strength)), std::string(to_string(link.via)),
              id_of(registry[link.to])});
  for (const Unbound& unbound : facts.unbound) {
    std::string target = unicode::displayable(to_string(unbound.reference.target));
    target += unbound.ambiguous ? " (ambiguous" : " (not defined";
    for (std::size_t i = 0; i < unbound.nearby.size(); ++i)
      target += (i == 0 ? ": " : ", ") + unicode::displayable(to_string(unbound.nearby[i]));
    away.row({place_of(unbound.reference.at), std::string(to_string(unbound.reference.strength)),
              std::string(to_string(unbound.reference.via)), target + ")"});
  }
  if (!away.empty()) out += "\n" + paint.bold("references") + "\n" + away.take(paint, "  ");
  TextTable back;
  for (int i = 0; i < 4; ++i) back.column("");
  for (const Link& link : facts.in)
    back.row({place_of(registry, link), std::string(to_string(link.strength)), std::string(to_string(link.via)),
              "from " + id_of(registry[link.from])});
  if (!back.empty()) out += "\n" + paint.bold("referenced by") + "\n" + back.take(paint, "  ");
  return out;
}

}  // namespace

Result<std::string> show(const Registry& registry, ManifestId id, std::optional<std::uint32_t> section,
                         const std::vector<bundle::ListedFile>& files, const Roots& roots, Format format, Paint paint) {
  const CardFacts facts = card_facts(registry, id, section);
  if (format == Format::json) return show_json(registry, facts, files, roots);
  if (format != Format::text) return no_format("show", format);
  const auto plan = section ? std::nullopt : playbook::plan_of(registry, id);
  return header(registry, facts, roots, paint) + (plan ? chain_text(*plan, paint) : "") +
         sections_text(registry, facts, paint) + files_text(files, paint) + links_text(registry, facts, paint) +
         problems_text(facts.problems, paint);
}

}  // namespace cascade::rendering
