export { Leavable as default } from '~/parts/leavable.tsx';
