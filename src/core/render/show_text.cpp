// Shows one manifest for people: its card, its sections with the cost of their shorter forms, its references in both
// directions, and its problems.
#include "render/show.h"

#include "render/card_facts.h"
#include "render/parts.h"
#include "render/playbook.h"
#include "render/show_json.h"
#include "render/text_table.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + unicode::displayable(part);
  return text;
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
  line("aliases", joined(aliases));
  line("tools", joined(tools));
  line("conflicts", joined(conflicts));
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

std::string problems_text(const CardFacts& facts, Paint paint) {
  if (facts.problems.empty()) return {};
  std::string out = "\n" + paint.bold("problems") + "\n";
  for (const Diagnostic& problem : facts.problems)
    out += "  " + place_of(problem.at) + ": " + std::string(to_string(problem.severity)) + "[" + problem.rule + "] " +
           unicode::displayable(problem.message) + "\n";
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
         problems_text(facts, paint);
}

}  // namespace cascade::rendering
