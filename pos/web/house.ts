// Which house this page belongs to: the real till, or practice under its own path. What a browser keeps of the one the other never sees;
// settings of the screen (language, light, size) are the screen's and hold in both.

const PATH = '/practica';
export const PRACTICE = location.pathname === PATH || location.pathname.startsWith(`${PATH}/`);
/** Before every address of the server. */
export const PREFIX = PRACTICE ? PATH : '';
/** The name under which this house keeps something in the browser. */
export const named = (name: string): string => (PRACTICE ? `${name}.practica` : name);

export const enterPractice = (): void => location.assign(`${PATH}/`);
export const leavePractice = (): void => location.assign('/');
