// What Dash and Plotly give to the page, as far as the scripts in assets/ use it.

interface PlotlyGraph extends HTMLElement {
  data: {[name: string]: any}[];
  layout: {[name: string]: any};
  calcdata: {[name: string]: any}[][];
  _fullData: any[];
  _context: object;
  _fullLayout: any;
  on(name: string, listener: (event: any) => void): void;
}

interface DashCallback {
  output: string;
}

interface DashPayload {
  output: string;
  inputs: {value: any}[];
}

interface DashHooks {
  request_pre: (payload: DashPayload) => void;
  request_post: null;
  layout_pre: null;
  layout_post: null;
  request_refresh_jwt: null;
  callback_resolved: (callback: DashCallback, result: {error?: unknown; payload?: DashPayload | null}) => void;
}

interface Window {
  Plotly: {
    version: string;
    react(graph: Element, data: object, layout: object, config: object): Promise<unknown>;
    toImage(figure: object, options: object): Promise<string>;
    animate(graph: Element, frame: object, options: object): Promise<unknown>;
    Plots: {resize(graph: Element): void};
  };
  DashRenderer: new (hooks: DashHooks) => object;
  dash_clientside: {
    set_props(id: string, props: object): void;
    [namespace: string]: any;
  };
}
