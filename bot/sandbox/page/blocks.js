// Block Kit as DOM nodes. `act(action)` is called with what a click or choice says.

import { element, link, mrkdwn, richText } from "/static/markup.js";

export function blocks(list, context) {
  const found = document.createDocumentFragment();
  for (const block of list) found.append(blockNode(block, context));
  return found;
}

function text(object, names) {
  return object.type === "mrkdwn" ? mrkdwn(object.text, names) : document.createTextNode(object.text);
}

function blockNode(block, context) {
  const { names } = context;
  switch (block.type) {
    case "section": {
      const node = element("div", { class: "section" });
      if (block.text) node.append(element("div", { class: "words" }, text(block.text, names)));
      for (const field of block.fields ?? []) node.append(element("div", { class: "field" }, text(field, names)));
      if (block.accessory) node.append(interactive(block.accessory, block, context));
      return node;
    }
    case "header": return element("h3", { class: "header" }, block.text.text);
    case "divider": return element("hr");
    case "context":
      return element("div", { class: "context" }, ...block.elements.map((each) => element("span", {}, text(each, names))));
    case "actions":
      return element("div", { class: "actions" }, ...block.elements.map((each) => interactive(each, block, context)));
    case "rich_text": return richText(block, names);
    case "markdown": return element("div", { class: "words" }, block.text);
    case "input": return inputNode(block, context);
    default: return element("p", { class: "context" }, `[${block.type}]`);
  }
}

function interactive(part, block, context) {
  const send = (control, more) => context.act({ block_id: block.block_id, action_id: part.action_id, type: part.type, ...more }, control);
  switch (part.type) {
    case "button": {
      if (part.url) {
        const anchor = link(part.url, part.text.text);
        anchor.className = "button";
        anchor.addEventListener("click", () => send(anchor, { value: part.value, text: part.text }));
        return anchor;
      }
      const sure = () => !part.confirm || window.confirm(`${part.confirm.title.text}\n\n${part.confirm.text.text}`);
      return element("button", { type: "button", class: part.style ?? "", onclick: (event) => sure() && send(event.currentTarget, { value: part.value, text: part.text }) }, part.text.text);
    }
    case "static_select":
    case "overflow": {
      const beside = block.accessory === part; // a card may have a menu beside its text and another one below it
      const within = beside ? part.options.map((option) => option.text.text).join(", ") : "More";
      const label = part.type === "overflow" ? within : part.placeholder?.text ?? "Choose";
      const select = element("select", { "aria-label": label, class: part.type === "overflow" ? "overflow" : "" });
      select.append(element("option", { value: "" }, part.type === "overflow" ? "⋯" : label));
      const options = choices(part, select);
      select.addEventListener("change", () => {
        const option = options[Number(select.value)];
        if (select.value !== "" && option) send(select, { selected_option: option });
      });
      return select;
    }
    case "datepicker":
      return element("input", { type: "date", "aria-label": "Date", value: part.initial_date, onchange: (event) => send(event.currentTarget, { selected_date: event.currentTarget.value }) });
    default: return element("span", {}, `[${part.type}]`);
  }
}

function choices(part, select) {
  const options = [];
  const add = (option, into) => {
    into.append(element("option", { value: String(options.length) }, option.text.text));
    options.push(option);
  };
  for (const group of part.option_groups ?? []) {
    const node = element("optgroup", { label: group.label.text });
    for (const option of group.options) add(option, node);
    select.append(node);
  }
  for (const option of part.options ?? []) add(option, select);
  return options;
}

function inputNode(block, context) {
  const part = block.element;
  const id = `in-${block.block_id}`;
  let control;
  let read;
  if (part.type === "static_select") {
    control = element("select", { id });
    control.append(element("option", { value: "" }, part.placeholder?.text ?? "Choose"));
    const options = choices(part, control);
    const initial = options.findIndex((option) => option.value === part.initial_option?.value);
    if (initial >= 0) control.value = String(initial);
    read = () => ({ type: part.type, selected_option: control.value === "" ? null : options[Number(control.value)] });
  } else if (part.type === "multi_static_select" || part.type === "multi_users_select") {
    const isOfPeople = part.type === "multi_users_select";
    control = element("select", { id, multiple: true, size: 5 });
    const people = context.names.people().map((user) => ({ text: { text: user.real_name }, value: user.id }));
    const options = choices(isOfPeople ? { options: people } : part, control);
    const first = isOfPeople ? part.initial_users ?? [] : (part.initial_options ?? []).map((option) => option.value);
    for (const node of control.querySelectorAll("option")) node.selected = first.includes(options[Number(node.value)].value);
    const picked = () => [...control.selectedOptions].map((node) => options[Number(node.value)]);
    read = () => (isOfPeople
      ? { type: part.type, selected_users: picked().map((option) => option.value) }
      : { type: part.type, selected_options: picked() });
  } else if (part.type === "checkboxes") {
    const boxes = part.options.map(() => element("input", { type: "checkbox" }));
    const lines = part.options.map((option, place) => element("label", {}, boxes[place], ` ${option.text.text}`));
    control = element("div", { id, role: "group", "aria-label": block.label.text }, ...lines);
    read = () => ({ type: part.type, selected_options: part.options.filter((_, place) => boxes[place].checked) });
  } else if (part.type === "datepicker") {
    control = element("input", { id, type: "date", value: part.initial_date });
    read = () => ({ type: part.type, selected_date: control.value || null });
  } else if (part.type === "number_input") {
    control = element("input", { id, type: "number", min: part.min_value, max: part.max_value, step: part.is_decimal_allowed ? "any" : "1", value: part.initial_value });
    read = () => ({ type: part.type, value: control.value || null });
  } else {
    control = part.multiline ? element("textarea", { id, rows: 4, maxlength: part.max_length }) : element("input", { id, type: "text", maxlength: part.max_length });
    control.value = part.initial_value ?? "";
    read = () => ({ type: part.type, value: control.value || null });
  }
  const error = element("p", { class: "error", id: `err-${block.block_id}`, role: "alert" });
  context.inputs.set(block.block_id, { action: part.action_id, read, control, error });
  const hint = block.hint ? element("p", { class: "hint", id: `hint-${block.block_id}` }, block.hint.text) : null;
  control.setAttribute("aria-describedby", hint ? `${hint.id} ${error.id}` : error.id);
  const label = block.optional ? `${block.label.text} (optional)` : block.label.text;
  return element("div", { class: "input" }, element("label", { for: id }, label), control, hint, error);
}
