// Shows /api/openapi.json, and lets one try what only reads. Everything is made as text, nothing as HTML.

const WORDS = {
  en: { filter: 'Filter', parameters: 'Parameters', body: 'Body', answers: 'Answers', events: 'Events',
    example: 'Example', try: 'Try it', required: 'required', anybody: 'without a login', broken: 'The document could not be read.' },
  pt: { filter: 'Filtrar', parameters: 'Parâmetros', body: 'Corpo', answers: 'Respostas', events: 'Eventos',
    example: 'Exemplo', try: 'Experimentar', required: 'obrigatório', anybody: 'sem login', broken: 'Não foi possível ler o documento.' },
};
const portuguese = navigator.language.toLowerCase().startsWith('pt');
const words = portuguese ? WORDS.pt : WORDS.en;
const MOST_SHOWN = 20_000;
const LISTEN_MS = 5_000;

document.documentElement.lang = portuguese ? 'pt-BR' : 'en';

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}

/** Text in which `this` is code. */
function prose(text = '') {
  return text.split('`').map((part, index) => (index % 2 ? make('code', {}, part) : part));
}

function resolve(api, value) {
  const path = value?.$ref;
  if (!path) return value;
  const found = path.slice(2).split('/').reduce((here, step) => here[step], api);
  return { ...found, description: value.description ?? found.description };
}

function kind(api, unresolved) {
  const schema = resolve(api, unresolved);
  const name = unresolved.$ref?.split('/').at(-1);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.oneOf) return name ?? schema.oneOf.map((one) => kind(api, one)).join(' | ');
  if (schema.type === 'array') return `[${kind(api, schema.items ?? {})}]`;
  if (schema.type === 'object') return name ?? 'object';
  const type = [schema.type ?? 'any'].flat().join(' | ');
  const bounds = [schema.minimum ?? schema.minLength, schema.maximum ?? schema.maxLength];
  return bounds.some((bound) => bound !== undefined) ? `${type} ${bounds[0] ?? ''}…${bounds[1] ?? ''}` : type;
}

/** What is inside an object, as deep as the reader opens it. */
function members(api, unresolved) {
  const schema = resolve(api, unresolved);
  if (schema.oneOf) return make('div', {}, ...schema.oneOf.map((one) => members(api, one)));
  if (schema.type === 'array') return members(api, schema.items ?? {});
  if (!schema.properties) return make('span');
  const required = new Set(schema.required);
  return make('ul', { class: 'members' }, ...Object.entries(schema.properties).map(([name, member]) => {
    const meant = resolve(api, member);
    return make('li', {}, make('code', {}, name), ' ',
      make('span', { class: 'quiet' }, kind(api, member), required.has(name) ? `, ${words.required}` : ''),
      ...(meant.description ? [' ', ...prose(meant.description)] : []),
      inside(api, member));
  }));
}

function inside(api, unresolved) {
  let schema = resolve(api, unresolved);
  if (schema.type === 'array') schema = resolve(api, schema.items ?? {});
  if (!schema.properties && !schema.oneOf) return undefined;
  const details = make('details', { class: 'schema' }, make('summary', {}, kind(api, unresolved)));
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(members(api, unresolved));
  });
  return details;
}

function pretty(value) {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

function answers(api, operation) {
  const rows = [];
  for (const [status, unresolved] of Object.entries(operation.responses)) {
    const response = resolve(api, unresolved);
    const cell = make('td', {}, ...prose(response.description));
    for (const [type, content] of Object.entries(response.content ?? {})) {
      cell.append(make('div', { class: 'quiet' }, type));
      if (content.schema) cell.append(inside(api, content.schema) ?? '');
      if (content['x-events']) cell.append(make('div', { class: 'quiet' }, words.events));
      for (const [topic, schema] of Object.entries(content['x-events'] ?? {})) {
        cell.append(make('div', {}, make('code', {}, topic), inside(api, schema)));
      }
      if (content.example !== undefined) cell.append(make('pre', {}, pretty(content.example)));
    }
    rows.push(make('tr', {}, make('td', {}, make('code', {}, status)), cell));
  }
  return [make('h3', {}, words.answers), make('table', {}, make('tbody', {}, ...rows))];
}

function body(api, operation) {
  const content = operation.requestBody?.content['application/json'];
  if (!content) return [];
  return [make('h3', {}, words.body), members(api, content.schema),
    make('div', { class: 'quiet' }, words.example), make('pre', {}, pretty(content.example))];
}

function parameters(api, operation) {
  const list = (operation.parameters ?? []).map((one) => resolve(api, one));
  if (list.length === 0) return [];
  return [make('h3', {}, words.parameters), make('table', {}, make('tbody', {}, ...list.map((one) =>
    make('tr', {}, make('td', {}, make('code', {}, one.name)),
      make('td', {}, make('span', { class: 'quiet' }, kind(api, one.schema), one.required ? `, ${words.required}` : ''),
        ' ', ...prose(one.description))))))];
}

/** The first of what is answered: some answers never end. */
async function read(response, controller) {
  const timer = setTimeout(() => controller.abort(), LISTEN_MS);
  const decoder = new TextDecoder();
  let text = '';
  try {
    const reader = response.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += decoder.decode(part.value, { stream: true });
      if (text.length > MOST_SHOWN) {
        controller.abort();
        return `${text.slice(0, MOST_SHOWN)}…`;
      }
    }
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
  } finally {
    clearTimeout(timer);
  }
  return text;
}

function attempt(api, path, operation) {
  const list = (operation.parameters ?? []).map((one) => resolve(api, one));
  const output = make('pre', { hidden: '', tabindex: '0', 'aria-live': 'polite' });
  const form = make('form', {}, ...list.map((one) => make('label', {}, make('code', {}, one.name),
    make('input', { name: one.name, autocomplete: 'off', spellcheck: 'false',
      required: one.required && '', value: one.required ? String(one.example ?? '') : undefined,
      placeholder: one.example === undefined ? undefined : String(one.example) }))),
  make('button', {}, words.try));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const given = new FormData(form);
    let url = path;
    const query = new URLSearchParams();
    for (const one of list) {
      const value = String(given.get(one.name));
      if (one.in === 'path') url = url.replace(`{${one.name}}`, encodeURIComponent(value));
      else if (value) query.set(one.name, value);
    }
    if (query.size) url += `?${query}`;
    output.hidden = false;
    output.textContent = '…';
    const controller = new AbortController();
    try {
      const response = await fetch(url, { signal: controller.signal });
      let text = await read(response, controller);
      if (/json/.test(response.headers.get('Content-Type') ?? '')) {
        try { text = JSON.stringify(JSON.parse(text), null, 2); } catch { /* Cut off: shown as it is. */ }
      }
      output.textContent = `GET ${url}\n${response.status}\n\n${text}`;
    } catch (error) {
      output.textContent = String(error);
    }
  });
  return [make('h3', {}, words.try), form, output];
}

function show(api, path, method, operation) {
  const open = operation.security?.length === 0;
  const content = make('div');
  const details = make('details', { class: 'operation', id: operation.operationId },
    make('summary', {}, make('span', { class: `method ${method}` }, method.toUpperCase()),
      make('span', { class: 'path' }, path), make('span', { class: 'quiet' }, operation.summary)), content);
  details.addEventListener('toggle', () => {
    if (!details.open || content.children.length) return;
    content.append(make('p', {}, ...prose(operation.description), ...(open ? [' ', make('span', { class: 'quiet' }, `(${words.anybody})`)] : [])),
      ...parameters(api, operation), ...body(api, operation), ...answers(api, operation));
    if (method === 'get' && !('101' in operation.responses)) content.append(...attempt(api, path, operation));
  });
  return details;
}

async function start() {
  const place = document.getElementById('operations');
  const response = await fetch('/api/openapi.json').catch(() => undefined);
  if (!response?.ok) {
    place.replaceChildren(words.broken);
    return;
  }
  const api = await response.json();
  document.getElementById('filter-label').textContent = words.filter;
  document.getElementById('about').replaceChildren(...prose(api.info.description.replaceAll('\n\n', ' ')));
  place.replaceChildren(...api.tags.map((tag) => make('section', {},
    make('h2', {}, tag.name, ' ', make('small', {}, tag.description)),
    ...Object.entries(api.paths).flatMap(([path, item]) => Object.entries(item)
      .filter(([, operation]) => operation.tags.includes(tag.name))
      .map(([method, operation]) => show(api, path, method, operation))))));
  document.getElementById('filter').addEventListener('input', (event) => {
    const wanted = event.target.value.toLowerCase();
    for (const details of place.querySelectorAll('details.operation')) {
      details.hidden = !details.firstElementChild.textContent.toLowerCase().includes(wanted);
    }
  });
  const chosen = document.getElementById(location.hash.slice(1));
  if (chosen?.matches('details')) {
    chosen.open = true;
    chosen.scrollIntoView();
  }
}

start();
