// cascade.bundle/1 and cascade.ladder/1 (docs/formats/bundle.md), and the proof that a hook sends along. A limit that
// is not set is null; a section is named by its number in the manifest, whichever of its forms is meant.
#include "render/bundle.h"

#include <algorithm>
#include <charconv>

#include "syntax/put.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

std::optional<std::uint32_t> limit_of(std::uint32_t limit) {
  return limit == unlimited ? std::nullopt : std::optional(limit);
}

void put_cost_with_model(syntax::JsonWriter& json, std::string_view key, const Cost& cost,
                         const BundleContext& context) {
  put_object(json, key, [&] {
    put_cost(json, cost);
    if (context.model) put(json, "tokens_estimated", estimated_tokens(*context.model, cost.tokens));
  });
}

void put_piece_name(syntax::JsonWriter& json, const Registry& registry, ManifestId id, std::uint32_t section,
                    Form form) {
  const SectionView view = registry.section(id, section);
  put(json, "id", plain_id_of(registry[id]), "path", registry[id].path);
  const bool no_section = form == Form::card || form == Form::resource;
  // Cards and linked files belong to no section.
  put(json, "section", no_section ? 0 : view.shorter_of, "heading", no_section ? std::string_view() : view.heading,
      "form", to_string(form));
}

void put_pieces(syntax::JsonWriter& json, const Registry& registry, const Bundle& bundle) {
  json.key("pieces").objects(bundle.pieces, [&](const Piece& piece) {
    put_piece_name(json, registry, piece.id, piece.section, piece.form);
    put(json, "value", piece.value);
    put_cost(json, piece.cost);
    put_hash(json, "content_hash", piece.content_hash);
    put(json, "text", piece.text);
  });
}

void put_omissions(syntax::JsonWriter& json, const Registry& registry, const Bundle& bundle) {
  json.key("omissions").objects(bundle.omissions, [&](const Omission& omission) {
    put_piece_name(json, registry, omission.id, omission.section, omission.form);
    put(json, "reason", to_string(omission.reason), "value", omission.value);
    put_cost(json, omission.cost);
    put_cost(json, "shortfall", omission.shortfall);
  });
}

void put_files(syntax::JsonWriter& json, const Registry& registry, const Bundle& bundle) {
  json.key("linked_files").objects(bundle.files, [&](const LinkedFile& file) {
    put(json, "id", plain_id_of(registry[file.of]), "path", file.path);
    put_cost(json, file.cost);
    put(json, "packed", file.packed);
  });
}

void put_bundle(syntax::JsonWriter& json, const Registry& registry, const Bundle& bundle,
                const BundleContext& context) {
  put_budget(json, bundle.budget, context);
  put_cost_with_model(json, "cost", bundle.cost, context);
  if (bundle.status == PackingStatus::infeasible)
    put_cost_with_model(json, "min_budget", bundle.min_budget, context);
  else  // nothing is known about smaller budgets
    json.key("min_budget").null();
  put_certificate(json, bundle);
  put(json, "clash", bundle.clash, "tools", bundle.tools, "text", text(bundle));
  put_pieces(json, registry, bundle);
  put_files(json, registry, bundle);
  put_omissions(json, registry, bundle);
  put_facts(json, bundle);
}

std::string bundle_json(const Registry& registry, const Bundle& bundle, const BundleContext& context) {
  syntax::JsonWriter json = document("cascade.bundle/1");
  put(json, "status", bundle.status, "roots", context.roots);
  put_bundle(json, registry, bundle, context);
  return finish(json);
}

std::string ladder_json(const Registry& registry, const std::vector<Bundle>& rungs, const BundleContext& context) {
  syntax::JsonWriter json = document("cascade.ladder/1");
  put(json, "roots", context.roots);
  json.key("rungs").objects(rungs, [&](const Bundle& bundle) {
    put(json, "status", to_string(bundle.status), "nested", bundle.nested);
    put_bundle(json, registry, bundle, context);
  });
  return finish(json);
}

// A bundle's text is the context itself, so that it can be piped into a model; what people want to know is one line,
// bundle_summary(). Markdown has both, and what was left out.

// "; 12 left out for the budget; 3 shared", or nothing.
std::string left_out(const Bundle& bundle) {
  std::string text;
  for (const auto& [reason, words] :
       {std::pair(OmittedFor::budget, " left out for the budget"), std::pair(OmittedFor::duplicate, " shared"),
        std::pair(OmittedFor::already_loaded, " already loaded")})
    if (const auto count = std::ranges::count(bundle.omissions, reason, &Omission::reason); count != 0)
      text += "; " + std::to_string(count) + words;
  return text;
}

// "1180 tokens, 4630 chars (about 1310 of opus) by the estimate"
std::string cost_with_model(const Cost& cost, const BundleContext& context) {
  std::string text = cost_text(cost);
  if (context.model)
    text +=
        " (about " + std::to_string(estimated_tokens(*context.model, cost.tokens)) + " of " + context.model->name + ")";
  return text + (context.exact ? "" : " by the estimate");
}

// A fence around the text that is longer than any fence inside it.
std::string fence_for(std::string_view text) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return std::string(std::max<std::size_t>(longest + 1, 3), '`');
}

std::string bundle_markdown(const Registry& registry, const Bundle& bundle, const BundleContext& context) {
  std::string out = "# Bundle\n\n" + bundle_summary(bundle, context) + "\n";
  if (bundle.status != PackingStatus::ok) return out;
  const std::string body = text(bundle), fence = fence_for(body);
  out += "\n" + fence + "markdown\n" + body + fence + "\n";
  if (bundle.omissions.empty()) return out;
  out += "\n## Left out\n\n| section | reason | value | tokens | lacking |\n| --- | --- | ---: | ---: | --- |\n";
  for (const Omission& omission : bundle.omissions) {
    const std::string name = omission.form == Form::card
                                 ? std::string("(card)")
                                 : section_name(registry.section(omission.id, omission.section));
    out += "| " + id_of(registry[omission.id]) + " " + name + " | " + std::string(to_string(omission.reason)) + " | " +
           std::to_string(omission.value) + " | " + std::to_string(omission.cost.tokens) + " | " +
           (omission.reason == OmittedFor::budget ? lacking_text(omission.shortfall) : std::string()) + " |\n";
  }
  return out;
}

// "4000 tokens", "2615 tokens (4000 of opus) and 9500 chars", "no limit".
std::string budget_text(const Budget& budget, const BundleContext& context) {
  std::string text;
  if (budget.limit.tokens != unlimited) text = count_of(budget.limit.tokens, "token");
  if (context.model && context.model_tokens != unlimited)
    text += " (" + std::to_string(context.model_tokens) + " of " + context.model->name + ")";
  if (budget.limit.chars != unlimited) text += (text.empty() ? "" : " and ") + count_of(budget.limit.chars, "char");
  return text.empty() ? "no limit" : text;
}

// The fact's own words, without the heading above it and the line feed.
std::string line_of(const QuotedPiece& fact) {
  std::string text = fact.text;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return unicode::displayable(text.substr(text.rfind('\n') + 1));
}

template <typename See>
void for_each_fact(const Bundle& bundle, const std::string& only, const See& see) {
  for (const QuotedPiece& fact : bundle.quotes)
    if (only.empty() || fact.name == only) see(fact, true);
  for (const QuotedPiece& fact : bundle.left_quotes)
    if (only.empty() || fact.name == only) see(fact, false);
}

}  // namespace

void put_budget(syntax::JsonWriter& json, const Budget& budget, const BundleContext& context) {
  put_object(json, "budget", "tokens", limit_of(budget.limit.tokens), "chars", limit_of(budget.limit.chars), "counted",
             context.exact ? "exact" : "estimate", "model", syntax::or_null(context.model ? context.model->name : ""));
}

void put_certificate(syntax::JsonWriter& json, const Bundle& bundle) {
  const Certificate& certificate = bundle.certificate;
  put_object(json, "certificate", "value", certificate.value, "upper_bound", certificate.upper_bound, "gap_ppm",
             certificate.gap_ppm, "proof", to_string(certificate.proof), "nodes", certificate.nodes, "stability_cost",
             certificate.stability_cost);
}

std::string certificate(const Bundle& bundle, const BundleContext& context) {
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  put(json.begin_object(), "roots", context.roots);
  put_budget(json, bundle.budget, context);
  put_cost_with_model(json, "cost", bundle.cost, context);
  put_certificate(json, bundle);
  return json.end_object().take();
}

std::string proof_text(const Certificate& certificate) {
  if (certificate.proof == Proof::optimal) return "optimal";
  if (certificate.gap_ppm == 0) return "none is worth more";
  // In hundredths of a per cent, rounded up so that it remains a bound.
  const std::uint64_t hundredths = (std::uint64_t{certificate.gap_ppm} + 99) / 100;
  const std::string cents = std::to_string(hundredths % 100);
  return "at most " + std::to_string(hundredths / 100) + "." + (cents.size() < 2 ? "0" : "") + cents +
         " % below the best";
}

std::string lacking_text(const Cost& shortfall) {
  std::string text;
  if (shortfall.tokens != 0) text = count_of(shortfall.tokens, "more token");
  if (shortfall.chars != 0) text += (text.empty() ? "" : " and ") + count_of(shortfall.chars, "more char");
  return text;
}

BundleContext context_of(const request::Task& task) {
  return {task.request.roots, task.model, task.model_tokens, task.exact};
}

std::string bundle_summary(const Bundle& bundle, const BundleContext& context) {
  switch (bundle.status) {
    case PackingStatus::ok:
      // Each manifest that is in has exactly one card.
      return count_of(std::ranges::count(bundle.pieces, Form::card, &Piece::form), "manifest") + ", " +
             count_of(bundle.pieces.size(), "piece") + ", " +
             (bundle.quotes.empty() ? "" : count_of(bundle.quotes.size(), "fact") + ", ") +
             cost_with_model(bundle.cost, context) + " of " + budget_text(bundle.budget, context) + "; value " +
             std::to_string(bundle.certificate.value) + ", " + proof_text(bundle.certificate) + left_out(bundle);
    case PackingStatus::infeasible:
      return "infeasible: what must be in does not fit into " + budget_text(bundle.budget, context) +
             "; the least budget is " + cost_with_model(bundle.min_budget, context);
    case PackingStatus::conflict:
      return "conflict: " +
             letters::joined(bundle.clash, " and ",
                             [](const Symbol& symbol) { return unicode::displayable(to_string(symbol)); }) +
             " exclude each other under any budget";
    case PackingStatus::unknown: return "unknown: the search ended before a selection within the budget was found";
  }
  return {};
}

Result<std::string> bundle(const Registry& registry, const Bundle& bundle, const BundleContext& context,
                           Format format) {
  switch (format) {
    case Format::text: return text(bundle);
    case Format::markdown: return bundle_markdown(registry, bundle, context);
    case Format::json: return bundle_json(registry, bundle, context);
    default: return no_format("bundle", format);
  }
}

Result<std::string> ladder(const Registry& registry, const std::vector<Bundle>& rungs, const BundleContext& context,
                           Format format) {
  if (format == Format::json) return ladder_json(registry, rungs, context);
  std::string out;
  for (const Bundle& rung : rungs) {
    auto one = bundle(registry, rung, context, format);
    if (!one) return one.error();
    out += "=== at most " + budget_text(rung.budget, context) + (rung.nested ? ", a part of the one above" : "") +
           " ===\n\n" + *one + (one->empty() ? "" : "\n");
  }
  return out;
}

std::string facts_text(const Bundle& bundle, const std::string& only, Paint paint) {
  TextTable table;
  table.column("");
  table.columns({"VALUE", "TOKENS", "CHARS"}, Align::right);
  table.columns({"FACT", ""});
  bool any = false;
  for_each_fact(bundle, only, [&](const QuotedPiece& fact, bool in) {
    any = true;
    const std::string price = in ? std::string() : lacking_text(fact.shortfall) + " would bring it in";
    table.row({in ? "in" : "out", std::to_string(fact.value), std::to_string(fact.cost.tokens),
               std::to_string(fact.cost.chars), fact.name + "  " + line_of(fact), price});
  });
  return any ? table.take(paint, "  ") : std::string();
}

void put_facts(syntax::JsonWriter& json, const Bundle& bundle, const std::string& only) {
  bool any = false;
  for_each_fact(bundle, only, [&](const QuotedPiece& fact, bool in) {
    if (!any) json.key("facts").begin_array();
    any = true;
    put(json.begin_object(), "name", fact.name, "in", in, "value", fact.value);
    put_cost(json, fact.cost);
    put_cost(json, "shortfall", fact.shortfall);
    put_hash(json, "content_hash", fact.content_hash);
    put(json, "text", fact.text).end_object();
  });
  if (any) json.end_array();
}

Result<std::vector<std::uint64_t>> previous_pieces(std::string_view json) {
  const syntax::Parsed parsed = syntax::parse_json(json);
  const syntax::Node* pieces = parsed.root.find("pieces");
  if (!parsed.complete || pieces == nullptr)
    return Error{
        ErrorCode::malformed, "it is not a bundle that --format json printed", {}, "cascade bundle NAME --format json"};
  std::vector<std::uint64_t> hashes;
  for (const syntax::Node& piece : pieces->items) {
    const syntax::Node* field = piece.find("content_hash");
    if (field == nullptr) continue;
    const std::string& text = field->text;
    std::uint64_t hash = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), hash, 16);
    if (fault == std::errc() && end == text.data() + text.size() && hash != 0) hashes.push_back(hash);
  }
  return hashes;
}

}  // namespace cascade::rendering

namespace cascade {

Result<std::string> render(const Bundle& bundle, const Registry& registry, Format format) {
  return rendering::bundle(registry, bundle, {}, format);
}

}  // namespace cascade
