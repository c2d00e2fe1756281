// Español: las impresoras. Por cada causa lo que pasa y lo que se hace, en pasos que entiende quien lleva pocos días; y las palabras de su pantalla.
import type { Trouble } from '../state/print';
import { counter } from './plural';

const count = counter('es');

/** What is the matter, what to do step by step, and what happens after. */
export interface Remedy {
  title: string;
  steps: readonly string[];
  after: string;
}

const waiting_come = 'Los tiquetes que esperan salen solos.';
const off_and_on = 'Apague la impresora, cuente hasta diez y préndala.';
const elsewhere = 'Mientras tanto mande los tiquetes a otra impresora: abajo, en «Quién imprime aquí».';

const remedies: Record<Trouble, Remedy> = {
  paper_out: {
    title: 'Se acabó el papel',
    steps: [
      'Abra la tapa y saque el tubo vacío.',
      'Ponga un rollo nuevo con el papel saliendo por arriba.',
      'Deje un poco de papel por fuera y cierre la tapa hasta que suene.',
    ],
    after: waiting_come,
  },
  paper_low: {
    title: 'Queda poco papel',
    steps: ['Deje un rollo nuevo junto a la impresora.', 'Cámbielo cuando haya un momento tranquilo.'],
    after: 'Mientras tanto sigue imprimiendo.',
  },
  cover_open: {
    title: 'La tapa está abierta',
    steps: ['Mire que el rollo esté derecho y el papel salga por fuera.', 'Cierre la tapa apretando por los dos lados hasta que suene.'],
    after: waiting_come,
  },
  cutter: {
    title: 'La cuchilla está trabada',
    steps: ['Apague la impresora y abra la tapa.', 'Saque con los dedos los pedazos de papel. No use cuchillos.', 'Cierre la tapa y prenda la impresora.'],
    after: `${waiting_come} Si vuelve a pasar, avise a gerencia.`,
  },
  hot: {
    title: 'La impresora está muy caliente',
    steps: ['No la apague: déjela descansar unos minutos.', 'Si está junto a la plancha o al horno, aléjela.'],
    after: 'Cuando se enfría sigue sola.',
  },
  mechanical: {
    title: 'Hay papel trabado',
    steps: ['Abra la tapa y saque el papel arrugado.', 'Ponga bien el rollo y cierre la tapa hasta que suene.', off_and_on],
    after: waiting_come,
  },
  offline: {
    title: 'La impresora dice que no está lista',
    steps: ['Mire si tiene papel y abra y cierre la tapa.', 'Si tiene un botón «Online» o «En línea», púlselo una vez.', `Si sigue igual: ${off_and_on.toLowerCase()}`],
    after: waiting_come,
  },
  no_answer: {
    title: 'La impresora dejó de responder',
    steps: ['Mire que esté prendida y que ninguna luz roja esté encendida.', off_and_on],
    after: `${waiting_come} Los que queden en duda se preguntan en esta pantalla.`,
  },
  unplugged: {
    title: 'La impresora está desconectada',
    steps: ['Mire que esté prendida: debe tener una luz.', 'Revise el cable de corriente.', 'Saque el cable USB y póngalo otra vez, por los dos lados.'],
    after: waiting_come,
  },
  unreachable: {
    title: 'No se encuentra la impresora en la red',
    steps: ['Mire que esté prendida: debe tener una luz.', 'Revise que el cable de red esté bien puesto, por los dos lados.', 'Mire que el módem de Internet esté prendido.', 'Si todo está bien, avise a gerencia: puede que su dirección haya cambiado.'],
    after: waiting_come,
  },
  denied: {
    title: 'La caja no tiene permiso para usar la impresora',
    steps: ['Avise a gerencia: se arregla en el computador, no en la impresora.', 'En el servidor, «comanda doctor» dice qué hacer.'],
    after: elsewhere,
  },
  busy: {
    title: 'Otro programa está usando la impresora',
    steps: ['Cierre en el computador de la caja los otros programas que imprimen.', 'Si sigue igual, avise a gerencia: «comanda doctor» dice qué hacer.'],
    after: elsewhere,
  },
  stalled: {
    title: 'La impresora dejó de recibir',
    steps: ['No la apague: un tiquete está a medias.', 'Mire si tiene papel y si la tapa está bien cerrada.', 'Si tiene una luz roja, abra y cierre la tapa.'],
    after: 'Sigue sola desde donde quedó.',
  },
  feeding: {
    title: 'El botón de avance está oprimido',
    steps: ['Suelte el botón de avance del papel.', 'Mire que nada lo esté apretando.'],
    after: waiting_come,
  },
  service: {
    title: 'La impresora necesita servicio técnico',
    steps: [off_and_on, 'Si la falla vuelve, no la use más y avise a gerencia.'],
    after: elsewhere,
  },
  error: {
    title: 'La impresora tiene una falla',
    steps: ['Abra la tapa y saque el papel que esté trabado.', 'Cierre la tapa hasta que suene.', `Si sigue igual: ${off_and_on.toLowerCase()}`],
    after: waiting_come,
  },
  paused: {
    title: 'Está en pausa',
    steps: ['Pregunte a quien la puso en pausa si ya puede seguir.', 'Toque «Reanudar».'],
    after: waiting_come,
  },
  doubt: {
    title: 'No se sabe si un tiquete salió',
    steps: ['Busque el tiquete en la impresora y en la cocina.', 'Toque «Ver y decir» y compare con la imagen.', 'Toque «Sí salió» o «No salió».'],
    after: 'Si no salió, sale otra vez marcado POSIBLE DUPLICADO.',
  },
  stuck: {
    title: 'Dice que está lista, pero no imprime',
    steps: ['Mire que tenga papel y la tapa cerrada.', 'Toque «Página de prueba».', `Si no sale: ${off_and_on.toLowerCase()}`],
    after: waiting_come,
  },
};

export const es = {
  remedies,
  all_well: 'Está lista. No hay nada que hacer.',
  what_happened: '¿Qué pasó?',
  what_hint: 'Toque lo que ve en la impresora. Ningún tiquete se pierde: espera hasta que haya papel.',
  now: 'Ahora',
  test: 'Página de prueba',
  test_asked: 'Se pidió la página de prueba.',
  pause: 'Pausar',
  resume: 'Reanudar',
  paused_by: (who: string, when: string) => `La puso en pausa ${who} a las ${when}.`,
  console: 'el servidor',
  paused_told: 'En pausa: sus tiquetes esperan.',
  resumed_told: 'Sigue imprimiendo.',
  waiting: 'En espera',
  nothing_waits: 'Nada',
  oldest: 'El más antiguo',
  doubt: 'En duda',
  see_doubt: 'Ver y decir',
  last: 'Último impreso',
  never: 'Ninguno',
  proof: 'Cómo confirma',
  proofs: {
    A: 'Muy bien: avisa cuando cada tiquete ya está en el papel.',
    B: 'Bien: después de cada tiquete dice que lo terminó y que está sana.',
    C: 'Regular: recibe el tiquete y dice que está sana. No dice si salió.',
    D: 'Poco: recibe el tiquete y no dice nada. Mire usted si salió.',
  },
  proof_unknown: 'Se sabrá cuando responda.',
  stations: 'Quién imprime aquí',
  no_stations: 'Ninguna estación: solo recibos e informes.',
  station_here: 'Imprime aquí',
  station_away: (printer: string) => `Imprime en ${printer}`,
  station_guest: (home: string) => `Imprime aquí; la suya es ${home}`,
  route: 'Cambiar',
  route_home: 'Devolver',
  route_title: (station: string) => `¿Dónde imprime ${station}?`,
  route_hint: 'Los tiquetes que esperan se van también, marcados RESPALDO. Avise a quien cocina.',
  routed: (station: string, printer: string, n: number) =>
    `${station} imprime en ${printer}${n ? ` · ${count(n, 'tiquete pasó', 'tiquetes pasaron')}` : ''}`,
  sent_home: (station: string, printer: string) => `${station} vuelve a imprimir en ${printer}`,
};
